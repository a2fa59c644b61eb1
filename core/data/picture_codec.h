#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/api/image.h"
#include "core/api/sample.h"
#include "core/base/result.h"

namespace likeness {

enum class SampleType { U8, U16, Float };

/// What an opened picture's decoder says of its pixels.
struct DecodedFormat {
  int width = 0, height = 0, depth = 1;
  int channels = 0;
  int alphaChannel = -1;
  int tileHeight = 0;  ///< rows that are decoded together; 0 where each row is
  SampleType sample = SampleType::U8;
  bool floating = false;  ///< stored as floating-point numbers
  bool deep = false;
  bool unassociatedAlpha = false;
  int photometric = -1;  ///< TIFF's photometric interpretation
  std::string colourSpace, jpegColourSpace, tiffColourSpace;
};

/// One open picture. Threads: one.
class PictureDecoder {
 public:
  virtual ~PictureDecoder() = default;
  [[nodiscard]] virtual const DecodedFormat& format() const = 0;
  /// Decodes the first `channels` channels of rows [begin, end) into `pixels`, interleaved.
  [[nodiscard]] virtual bool readRows(int begin, int end, int channels, SampleType type, void* pixels) = 0;
  /// What the decoder complained of since it was asked last; may be a warning only.
  [[nodiscard]] virtual std::string complaint() = 0;
};

/// The decoders, encoders and lettering of OpenImageIO, as far as they are needed here. They stand in a module of their
/// own, liblikeness-pictures, because OpenImageIO brings two hundred libraries with it: 130 MB and a third of a second
/// that a program without pictures to read or write can do without. Threads: any.
class PictureCodec {
 public:
  virtual ~PictureCodec() = default;

  /// Opens `file`, or `bytes` in its place where there are any, which must outlive the decoder. `reader` is
  /// OpenImageIO's name of the format; `rawColour` leaves CMYK as it is. Null on failure: `complaint` then says why,
  /// and `known` whether the format can be read at all. May throw what decoders throw.
  [[nodiscard]] virtual std::unique_ptr<PictureDecoder> open(const std::filesystem::path& file,
                                                             std::span<std::uint8_t> bytes, const char* reader,
                                                             bool rawColour, bool& known, std::string& complaint) = 0;

  /// A whole file of the format; `quality` counts for JPEG and WebP. Empty on failure, with a `complaint`.
  [[nodiscard]] virtual std::vector<std::uint8_t> encode(const Image& image, PictureFormat format, int quality,
                                                         std::string& complaint) = 0;

  /// Takes and returns the thread's pending error; empty if there is none.
  [[nodiscard]] virtual std::string pendingError() = 0;

  /// The width of a line of text in pixels, and the text drawn in `ink` (0 … 1) with its baseline's left end at (x, y).
  [[nodiscard]] virtual int textWidth(const std::string& text, int size, const std::string& font) = 0;
  virtual void drawText(Image& image, int x, int y, const std::string& text, int size, const std::string& font,
                        std::span<const float, 3> ink) = 0;
};

/// The codec; the first call loads the module, from lib/likeness beside the folder that holds the program.
/// Errors: NotFound where the module can't be loaded.
[[nodiscard]] Result<PictureCodec*> pictureCodec();

}  // namespace likeness
