#include "core/data/photo_reader.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <memory>
#include <new>

#include "core/base/log.h"
#include "core/data/bare_copy.h"
#include "core/data/byte_file.h"
#include "core/data/colour_transform.h"
#include "core/data/jpeg_inks.h"
#include "core/data/orientation.h"
#include "core/data/photo_probe.h"
#include "core/data/picture_codec.h"
#include "core/data/resample.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

std::string lowerCase(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

Error failure(ErrorCode code, const fs::path& file, const std::string& sentence, std::string detail = {}) {
  return {code, file.string() + sentence, std::move(detail), file.string()};
}

Result<void> checkSize(const fs::path& file, std::int64_t width, std::int64_t height) {
  if (width < 0 || height < 0) return failure(ErrorCode::Corrupt, file, " is damaged: its size makes no sense. Copy it again or leave it out.");
  if (width <= kMaxPhotoSide && height <= kMaxPhotoSide && width * height <= kMaxPhotoPixels) return {};
  return failure(ErrorCode::Unsupported, file,
                 " says that it is " + std::to_string(width) + " × " + std::to_string(height) +
                     " pixels. At most 32,768 a side and 300 megapixels can be read; save a smaller copy and use that.");
}

// What a decoder complained of, in one sentence for people.
Error damaged(const fs::path& file, const std::string& detail) {
  const auto says = [lower = lowerCase(detail)](const char* text) { return lower.find(text) != std::string::npos; };
  const bool cut = says("premature end of jpeg") || says("end of file") || says("couldn't decode") || says("truncat") ||
                   says("not enough data") || says("unexpected eof");
  if (cut) {
    return failure(ErrorCode::Corrupt, file, " is cut short: a part of the picture is missing. Copy it again from where it came from, or leave it out.", detail);
  }
  return failure(ErrorCode::Corrupt, file, " is damaged and can't be read. Copy it again from where it came from, or leave it out.", detail);
}

// An open decoder. Members in this order, because the decoder must go first.
struct Input {
  std::vector<std::uint8_t> bytes;  // JPEG and PNG: what the decoder sees instead of the file
  std::unique_ptr<PictureDecoder> decoder;
};

Result<std::vector<std::uint8_t>> bareBytes(const fs::path& file, PhotoKind kind) {
  constexpr std::uint64_t kLargest = 1u << 30;
  ByteFile bytes(file);
  if (bytes.size() > kLargest) return failure(ErrorCode::Unsupported, file, " is larger than 1 GB. Save a smaller copy and use that.");
  const auto whole = bytes.read(0, bytes.size());
  return kind == PhotoKind::Jpeg ? bareJpeg(whole) : barePng(whole);
}

Result<Input> openInput(const fs::path& file, PhotoKind kind, bool rawColour) {
  LK_TRY(auto* codec, pictureCodec());
  Input input;
  if (kind == PhotoKind::Jpeg || kind == PhotoKind::Png) {
    LK_TRY(input.bytes, bareBytes(file, kind));
  }
  bool known = false;
  std::string complaint;
  input.decoder = codec->open(file, input.bytes, readerName(kind), rawColour, known, complaint);
  if (!known) {
    return failure(ErrorCode::Unsupported, file,
                   std::string(" is a ") + kindTitle(kind) + " file, which this build of OpenImageIO can't read. Save it as JPEG, PNG or TIFF.",
                   complaint);
  }
  if (!input.decoder) return damaged(file, complaint);
  return input;
}

bool isCmykJpeg(const DecodedFormat& format) {
  return format.jpegColourSpace == "CMYK" || format.jpegColourSpace == "YCbCrK";
}

bool isCmyk(const DecodedFormat& format) {
  constexpr int kSeparated = 5;
  return format.photometric == kSeparated && format.tiffColourSpace == "CMYK";
}

bool isLinear(const DecodedFormat& format, PhotoKind kind) {
  if (kind == PhotoKind::Exr || kind == PhotoKind::Hdr) return true;
  const auto space = lowerCase(format.colourSpace);
  if (space == "linear" || space == "scene_linear") return true;
  return format.floating && space != "srgb";
}

PixelLayout layoutOf(const DecodedFormat& format, PhotoKind kind, bool cmyk) {
  PixelLayout layout;
  const int count = format.channels;
  layout.model = cmyk ? ColourModel::Cmyk : count >= 3 ? ColourModel::Rgb : ColourModel::Grey;
  layout.sample = format.sample;
  const int colours = cmyk ? 4 : count >= 3 ? 3 : 1;
  // Some readers leave alpha_channel unset or beyond the end, so the place counts as well.
  if (!cmyk && (count == 2 || count == 4)) layout.alpha = colours;
  else if (const int alpha = format.alphaChannel; !cmyk && alpha >= colours && alpha < std::min(count, 8)) layout.alpha = alpha;
  layout.channels = std::max(colours, layout.alpha + 1);
  const bool straight = kind == PhotoKind::Gif || kind == PhotoKind::Heif || kind == PhotoKind::Png;
  layout.associated = layout.alpha >= 0 && !straight && !format.unassociatedAlpha;
  layout.linear = isLinear(format, kind);
  return layout;
}

// A photo's open decoder, with everything that is known before the first pixel.
struct Source {
  Input input;
  PhotoProbe probe;
  DecodedFormat format;
  PixelLayout layout;
  UprightMap map;
};

Result<Source> openSource(const fs::path& file) {
  Source source;
  LK_TRY(source.probe, probePhoto(file));
  LK_CHECK(checkSize(file, source.probe.width, source.probe.height));
  if (source.probe.kind == PhotoKind::Tiff && !isSoundProfile(source.probe.icc)) {
    return failure(ErrorCode::Corrupt, file, " carries a damaged colour profile. Save it again in a picture editor, or leave it out.");
  }
  LK_TRY(source.input, openInput(file, source.probe.kind, false));
  const bool cmyk = isCmyk(source.input.decoder->format());
  if (cmyk) {
    LK_TRY(source.input, openInput(file, source.probe.kind, true));
  }
  source.format = source.input.decoder->format();
  LK_CHECK(checkSize(file, source.format.width, source.format.height));
  if (source.format.width < 1 || source.format.height < 1 || source.format.channels < 1) {
    return damaged(file, "no pixels");
  }
  if (source.format.deep || source.format.depth > 1) {
    return failure(ErrorCode::Unsupported, file, " is a deep or volume picture. Flatten it and save it as JPEG, PNG or TIFF.");
  }
  source.layout = layoutOf(source.format, source.probe.kind, cmyk);
  source.map = uprightMap(source.format.width, source.format.height, source.probe.orientation);
  return source;
}

std::size_t bytesOf(SampleType type) { return type == SampleType::U8 ? 1 : type == SampleType::U16 ? 2 : 4; }

// Rows are handled in strips, so only the finished photo is held whole.
int stripRows(const Source& source) {
  constexpr std::int64_t kStripBytes = 8 << 20;
  if (source.format.tileHeight > 0) return source.format.tileHeight;
  const std::int64_t row = std::int64_t{source.format.width} * source.layout.channels * 4;
  return static_cast<int>(std::clamp<std::int64_t>(kStripBytes / row, 1, 128));
}

// Puts a strip of stored rows where they belong in the upright photo.
void place(const std::vector<std::uint16_t>& strip, int firstRow, int rows, const Source& source, Photo& photo) {
  const auto& map = source.map;
  const int width = source.format.width;
  const auto copy = [&](int x, int row) {
    const auto* from = &strip[3 * (std::size_t(row) * std::size_t(width) + std::size_t(x))];
    auto* to = &photo.rgb[static_cast<std::size_t>(3 * (map.first + x * map.stepX + (firstRow + row) * map.stepY))];
    std::copy_n(from, 3, to);
  };
  if (map.stepX == 1) {
    for (int row = 0; row < rows; ++row) {
      const auto* from = &strip[3 * std::size_t(row) * std::size_t(width)];
      std::copy_n(from, 3 * std::size_t(width), &photo.rgb[static_cast<std::size_t>(3 * (map.first + (firstRow + row) * map.stepY))]);
    }
  } else if (map.stepX == -1) {
    for (int row = 0; row < rows; ++row) for (int x = 0; x < width; ++x) copy(x, row);
  } else {
    for (int x = 0; x < width; ++x) for (int row = 0; row < rows; ++row) copy(x, row);
  }
}

// libjpeg fills missing data with grey and only warns; other warnings (stray bytes) leave the picture whole.
bool lostPixels(const std::string& warning) {
  const auto says = [lower = lowerCase(warning)](const char* text) { return lower.find(text) != std::string::npos; };
  return says("premature end") || (says("corrupt jpeg data") && !says("extraneous"));
}

// The inks themselves, in place of the RGB that OpenImageIO made of them.
Result<Photo> decodeCmykJpeg(const fs::path& file, const Source& source) {
  constexpr PixelLayout kLayout{.model = ColourModel::Cmyk, .channels = 4};
  auto inks = decodeJpegInks(source.input.bytes, source.format.width, source.format.height);
  if (!inks) return damaged(file, inks.error().message);
  ColourTransform colours(kLayout, source.probe.icc, source.probe.colours);
  Photo photo{source.map.width, source.map.height, {}, colours.note()};
  const auto width = std::size_t(source.format.width);
  photo.rgb.resize(3 * width * std::size_t(source.format.height));
  std::vector<std::uint16_t> row(3 * width);
  for (int y = 0; y < source.format.height; ++y) {
    colours.convert(&(*inks)[4 * width * std::size_t(y)], width, row.data());
    place(row, y, 1, source, photo);
  }
  return photo;
}

Result<Photo> decode(const fs::path& file) {
  LK_TRY(const auto source, openSource(file));
  if (isCmykJpeg(source.format)) return decodeCmykJpeg(file, source);
  ColourTransform colours(source.layout, source.probe.icc, source.probe.colours);
  Photo photo{source.map.width, source.map.height, {}, colours.note()};
  const auto width = std::size_t(source.format.width);
  photo.rgb.resize(3 * width * std::size_t(source.format.height));
  const int rowsAtOnce = stripRows(source);
  auto& decoder = *source.input.decoder;
  std::vector<std::uint8_t> pixels(width * std::size_t(rowsAtOnce) * std::size_t(source.layout.channels) *
                                   bytesOf(source.layout.sample));
  std::vector<std::uint16_t> strip(3 * width * std::size_t(rowsAtOnce));
  for (int begin = 0; begin < source.format.height; begin += rowsAtOnce) {
    const int rows = std::min(rowsAtOnce, source.format.height - begin);
    if (!decoder.readRows(begin, begin + rows, source.layout.channels, source.layout.sample, pixels.data())) {
      return damaged(file, decoder.complaint());
    }
    colours.convert(pixels.data(), width * std::size_t(rows), strip.data());
    place(strip, begin, rows, source, photo);
  }
  if (const auto warning = decoder.complaint(); lostPixels(warning)) return damaged(file, warning);
  return photo;
}

// Decoders may throw; and a thread's pending OpenImageIO error must not linger.
template <typename T, typename Work>
Result<T> guarded(const fs::path& file, const Work& work) {
  auto result = [&]() -> Result<T> {
    try {
      return work();
    } catch (const std::bad_alloc&) {
      return failure(ErrorCode::OutOfMemory, file, " does not fit into memory. Close other programs, or use a smaller copy.");
    } catch (const std::exception& problem) {
      return damaged(file, problem.what());
    }
  }();
  if (const auto codec = pictureCodec(); codec.ok()) {
    if (const auto error = (*codec)->pendingError(); !error.empty()) LK_LOG_DEBUG("OpenImageIO: {}", error);
  }
  return result;
}

}  // namespace

Result<Photo> readPhoto(const fs::path& file) {
  return guarded<Photo>(file, [&] { return decode(file); });
}

Result<PhotoHeader> readPhotoHeader(const fs::path& file) {
  return guarded<PhotoHeader>(file, [&]() -> Result<PhotoHeader> {
    LK_TRY(const auto source, openSource(file));
    return PhotoHeader{source.map.width, source.map.height, kindTitle(source.probe.kind)};
  });
}

Image makeThumbnail(const Photo& photo, int side) {
  const double scale = std::min(1.0, double(std::max(1, side)) / std::max(photo.width, photo.height));
  const auto scaled = [&](int length) { return std::max(1, static_cast<int>(std::lround(length * scale))); };
  return resample(photo, {0, 0, double(photo.width), double(photo.height)}, scaled(photo.width), scaled(photo.height));
}

Result<Image> readThumbnail(const fs::path& file, int side) {
  LK_TRY(const auto photo, readPhoto(file));
  return makeThumbnail(photo, side);
}

}  // namespace likeness
