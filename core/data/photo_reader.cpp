#include "core/data/photo_reader.h"

#include <OpenImageIO/filesystem.h>
#include <OpenImageIO/imageio.h>

#include <algorithm>
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
#include "core/data/resample.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

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
  const auto says = [&](const char* text) { return OIIO::Strutil::icontains(detail, text); };
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
  std::unique_ptr<OIIO::Filesystem::IOMemReader> memory;
  std::unique_ptr<OIIO::ImageInput> decoder;
};

OIIO::ImageSpec readerConfig(bool rawColour, OIIO::Filesystem::IOProxy* memory) {
  OIIO::ImageSpec config;
  config.attribute("oiio:UnassociatedAlpha", 1);
  config.attribute("oiio:RawColor", rawColour ? 1 : 0);
  config.attribute("raw:auto_bright", 1);  // as bright as the camera's own JPEG
  config.attribute("raw:ColorSpace", "sRGB");
  void* proxy = memory;
  if (memory != nullptr) config.attribute("oiio:ioproxy", OIIO::TypeDesc::PTR, &proxy);
  return config;
}

Result<std::vector<std::uint8_t>> bareBytes(const fs::path& file, PhotoKind kind) {
  constexpr std::uint64_t kLargest = 1u << 30;
  ByteFile bytes(file);
  if (bytes.size() > kLargest) return failure(ErrorCode::Unsupported, file, " is larger than 1 GB. Save a smaller copy and use that.");
  const auto whole = bytes.read(0, bytes.size());
  return kind == PhotoKind::Jpeg ? bareJpeg(whole) : barePng(whole);
}

Result<Input> openInput(const fs::path& file, PhotoKind kind, bool rawColour) {
  Input input;
  if (kind == PhotoKind::Jpeg || kind == PhotoKind::Png) {
    LK_TRY(input.bytes, bareBytes(file, kind));
    input.memory = std::make_unique<OIIO::Filesystem::IOMemReader>(input.bytes.data(), input.bytes.size());
  }
  input.decoder = OIIO::ImageInput::create(readerName(kind));
  if (!input.decoder) {
    return failure(ErrorCode::Unsupported, file,
                   std::string(" is a ") + kindTitle(kind) + " file, which this build of OpenImageIO can't read. Save it as JPEG, PNG or TIFF.",
                   OIIO::geterror());
  }
  OIIO::ImageSpec spec;
  if (!input.decoder->open(file.string(), spec, readerConfig(rawColour, input.memory.get()))) return damaged(file, input.decoder->geterror());
  return input;
}

bool isCmykJpeg(const OIIO::ImageSpec& spec) {
  const auto space = spec.get_string_attribute("jpeg:ColorSpace");
  return space == "CMYK" || space == "YCbCrK";
}

bool isCmyk(const OIIO::ImageSpec& spec) {
  constexpr int kSeparated = 5;
  return spec.get_int_attribute("tiff:PhotometricInterpretation", -1) == kSeparated &&
         spec.get_string_attribute("tiff:ColorSpace") == "CMYK";
}

bool isLinear(const OIIO::ImageSpec& spec, PhotoKind kind) {
  if (kind == PhotoKind::Exr || kind == PhotoKind::Hdr) return true;
  const auto space = spec.get_string_attribute("oiio:ColorSpace");
  if (OIIO::Strutil::iequals(space, "linear") || OIIO::Strutil::iequals(space, "scene_linear")) return true;
  return spec.format.is_floating_point() && !OIIO::Strutil::iequals(space, "sRGB");
}

PixelLayout layoutOf(const OIIO::ImageSpec& spec, PhotoKind kind, bool cmyk) {
  PixelLayout layout;
  const int count = spec.nchannels;
  layout.model = cmyk ? ColourModel::Cmyk : count >= 3 ? ColourModel::Rgb : ColourModel::Grey;
  layout.sample = spec.format == OIIO::TypeUInt8    ? SampleType::U8
                  : spec.format == OIIO::TypeUInt16 ? SampleType::U16
                                                    : SampleType::Float;
  const int colours = cmyk ? 4 : count >= 3 ? 3 : 1;
  // Some readers leave alpha_channel unset or beyond the end, so the place counts as well.
  if (!cmyk && (count == 2 || count == 4)) layout.alpha = colours;
  else if (!cmyk && spec.alpha_channel >= colours && spec.alpha_channel < std::min(count, 8)) layout.alpha = spec.alpha_channel;
  layout.channels = std::max(colours, layout.alpha + 1);
  const bool straight = kind == PhotoKind::Gif || kind == PhotoKind::Heif || kind == PhotoKind::Png;
  layout.associated = layout.alpha >= 0 && !straight && spec.get_int_attribute("oiio:UnassociatedAlpha", 0) == 0;
  layout.linear = isLinear(spec, kind);
  return layout;
}

// A photo's open decoder, with everything that is known before the first pixel.
struct Source {
  Input input;
  PhotoProbe probe;
  OIIO::ImageSpec spec;
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
  const bool cmyk = isCmyk(source.input.decoder->spec());
  if (cmyk) {
    LK_TRY(source.input, openInput(file, source.probe.kind, true));
  }
  source.spec = source.input.decoder->spec();
  LK_CHECK(checkSize(file, source.spec.width, source.spec.height));
  if (source.spec.width < 1 || source.spec.height < 1 || source.spec.nchannels < 1) return damaged(file, "no pixels");
  if (source.spec.deep || source.spec.depth > 1) {
    return failure(ErrorCode::Unsupported, file, " is a deep or volume picture. Flatten it and save it as JPEG, PNG or TIFF.");
  }
  source.layout = layoutOf(source.spec, source.probe.kind, cmyk);
  source.map = uprightMap(source.spec.width, source.spec.height, source.probe.orientation);
  return source;
}

OIIO::TypeDesc sampleTypeOf(SampleType type) {
  return type == SampleType::U8 ? OIIO::TypeUInt8 : type == SampleType::U16 ? OIIO::TypeUInt16 : OIIO::TypeFloat;
}

// Reads rows [begin, end), counted from the data window's top, into `pixels`.
bool readRows(const Source& source, int begin, int end, void* pixels) {
  const auto& spec = source.spec;
  const auto type = sampleTypeOf(source.layout.sample);
  if (spec.tile_width > 0) {
    return source.input.decoder->read_tiles(0, 0, spec.x, spec.x + spec.width, spec.y + begin, spec.y + end, spec.z, spec.z + 1,
                                    0, source.layout.channels, type, pixels);
  }
  return source.input.decoder->read_scanlines(0, 0, spec.y + begin, spec.y + end, spec.z, 0, source.layout.channels, type, pixels);
}

// Rows are handled in strips, so only the finished photo is held whole.
int stripRows(const Source& source) {
  constexpr std::int64_t kStripBytes = 8 << 20;
  if (source.spec.tile_width > 0) return std::max(1, source.spec.tile_height);
  const std::int64_t row = std::int64_t{source.spec.width} * source.layout.channels * 4;
  return static_cast<int>(std::clamp<std::int64_t>(kStripBytes / row, 1, 128));
}

// Puts a strip of stored rows where they belong in the upright photo.
void place(const std::vector<std::uint16_t>& strip, int firstRow, int rows, const Source& source, Photo& photo) {
  const auto& map = source.map;
  const int width = source.spec.width;
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
  if (OIIO::Strutil::icontains(warning, "premature end")) return true;
  return OIIO::Strutil::icontains(warning, "corrupt jpeg data") && !OIIO::Strutil::icontains(warning, "extraneous");
}

// The inks themselves, in place of the RGB that OpenImageIO made of them.
Result<Photo> decodeCmykJpeg(const fs::path& file, const Source& source) {
  constexpr PixelLayout kLayout{.model = ColourModel::Cmyk, .channels = 4};
  auto inks = decodeJpegInks(source.input.bytes, source.spec.width, source.spec.height);
  if (!inks) return damaged(file, inks.error().message);
  ColourTransform colours(kLayout, source.probe.icc, source.probe.colours);
  Photo photo{source.map.width, source.map.height, {}, colours.note()};
  const auto width = std::size_t(source.spec.width);
  photo.rgb.resize(3 * width * std::size_t(source.spec.height));
  std::vector<std::uint16_t> row(3 * width);
  for (int y = 0; y < source.spec.height; ++y) {
    colours.convert(&(*inks)[4 * width * std::size_t(y)], width, row.data());
    place(row, y, 1, source, photo);
  }
  return photo;
}

Result<Photo> decode(const fs::path& file) {
  LK_TRY(const auto source, openSource(file));
  if (isCmykJpeg(source.spec)) return decodeCmykJpeg(file, source);
  ColourTransform colours(source.layout, source.probe.icc, source.probe.colours);
  Photo photo{source.map.width, source.map.height, {}, colours.note()};
  const auto width = std::size_t(source.spec.width);
  photo.rgb.resize(3 * width * std::size_t(source.spec.height));
  const int rowsAtOnce = stripRows(source);
  std::vector<std::uint8_t> pixels(width * std::size_t(rowsAtOnce) * std::size_t(source.layout.channels) *
                                   sampleTypeOf(source.layout.sample).size());
  std::vector<std::uint16_t> strip(3 * width * std::size_t(rowsAtOnce));
  for (int begin = 0; begin < source.spec.height; begin += rowsAtOnce) {
    const int rows = std::min(rowsAtOnce, source.spec.height - begin);
    if (!readRows(source, begin, begin + rows, pixels.data())) return damaged(file, source.input.decoder->geterror());
    colours.convert(pixels.data(), width * std::size_t(rows), strip.data());
    place(strip, begin, rows, source, photo);
  }
  if (const auto warning = source.input.decoder->geterror(); lostPixels(warning)) return damaged(file, warning);
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
  if (OIIO::has_error()) LK_LOG_DEBUG("OpenImageIO: {}", OIIO::geterror());
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
