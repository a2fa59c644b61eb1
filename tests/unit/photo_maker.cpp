#include "tests/unit/photo_maker.h"

#include <lcms2.h>

#include <cmath>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <random>

namespace likeness {
namespace fs = std::filesystem;
namespace {

void append(Bytes& to, const Bytes& bytes) { to.insert(to.end(), bytes.begin(), bytes.end()); }
void appendText(Bytes& to, const std::string& text) { to.insert(to.end(), text.begin(), text.end()); }
void appendLittle(Bytes& to, std::uint64_t value, int bytes) {
  for (int i = 0; i < bytes; ++i) to.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}

void appendChunk(Bytes& to, const std::string& name, const Bytes& content) {
  appendText(to, name);
  appendLittle(to, content.size(), 4);
  append(to, content);
  if (content.size() % 2 != 0) to.push_back(0);
}

// One entry of a TIFF directory; longer values go behind the directory.
struct Tag {
  int number, type;
  std::vector<std::uint32_t> values;  // for rationals: numerator, denominator, …
};

int bytesOf(int type) { return type == 1 || type == 2 ? 1 : type == 3 ? 2 : 4; }

Bytes tiffFile(const std::vector<Tag>& tags, const Bytes& strip, int stripTag) {
  const std::size_t values = 8 + 2 + 12 * tags.size() + 4;
  Bytes file, tail;
  appendText(file, "II*");
  file.push_back(0);
  appendLittle(file, 8, 4);
  appendLittle(file, tags.size(), 2);
  std::size_t stripOffsetAt = 0;
  for (const auto& tag : tags) {
    const bool rational = tag.type == 5 || tag.type == 10;
    Bytes content;
    for (const auto value : tag.values) appendLittle(content, value, bytesOf(tag.type));
    appendLittle(file, std::uint64_t(tag.number), 2);
    appendLittle(file, std::uint64_t(tag.type), 2);
    appendLittle(file, rational ? tag.values.size() / 2 : tag.values.size(), 4);
    if (tag.number == stripTag) stripOffsetAt = file.size();
    if (content.size() <= 4) {
      content.resize(4);
      append(file, content);
    } else {
      appendLittle(file, values + tail.size(), 4);
      append(tail, content);
    }
  }
  appendLittle(file, 0, 4);
  append(file, tail);
  for (int i = 0; i < 4; ++i) file[stripOffsetAt + std::size_t(i)] = static_cast<std::uint8_t>(file.size() >> (8 * i));
  append(file, strip);
  return file;
}

std::vector<std::uint32_t> text(const std::string& string) {
  std::vector<std::uint32_t> values(string.begin(), string.end());
  values.push_back(0);
  return values;
}

}  // namespace

fs::path photoFixture(const std::string& name) {
  if (const char* given = std::getenv("LIKENESS_FIXTURES"); given != nullptr && *given != '\0') {
    if (const auto file = fs::path(given) / "photos" / name; fs::exists(file)) return file;
  }
  return fs::path(LIKENESS_SOURCE_DIR) / "tests" / "data" / name;
}

bool writePixels(const fs::path& file, int width, int height, int channels, OIIO::TypeDesc type, const void* pixels,
                 const OIIO::ImageSpec& attributes) {
  auto output = OIIO::ImageOutput::create(file.string());
  if (!output) {
    (void)OIIO::geterror();
    return false;
  }
  OIIO::ImageSpec spec(width, height, channels, type);
  spec.extra_attribs = attributes.extra_attribs;
  // OpenImageIO 2.4's HEIF writer reads rows as long as the encoder's, which ends behind the last pixel.
  constexpr std::size_t kSpare = 1024;
  Bytes padded(std::size_t(spec.image_bytes()) + kSpare);
  std::memcpy(padded.data(), pixels, padded.size() - kSpare);
  const bool written = output->open(file.string(), spec) && output->write_image(type, padded.data()) && output->close();
  if (!written) (void)output->geterror();
  return written;
}

bool writePixels(const fs::path& file, const Image& image, const OIIO::ImageSpec& attributes) {
  return writePixels(file, image.width, image.height, 3, OIIO::TypeUInt8, image.rgb.data(), attributes);
}

Bytes readBytes(const fs::path& file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

void writeBytes(const fs::path& file, const Bytes& bytes) {
  std::ofstream stream(file, std::ios::binary);
  stream.write(reinterpret_cast<const char*>(bytes.data()), std::streamsize(bytes.size()));
}

Image distinctPixels(int width, int height) {
  Image image{width, height, {}};
  for (int i = 0; i < width * height; ++i) {
    for (const int value : {i * 37 % 256, i * 91 % 256, i * 5 % 256}) image.rgb.push_back(static_cast<std::uint8_t>(value));
  }
  return image;
}

Image sharpScene(int width, int height, unsigned seed) {
  std::mt19937 random(seed);
  Image image{width, height, std::vector<std::uint8_t>(std::size_t(width) * std::size_t(height) * 3)};
  const auto below = [&](int bound) { return static_cast<int>(random() % unsigned(bound)); };
  const auto fill = [&](int left, int top, int right, int bottom) {
    const std::array<int, 3> colour = {below(256), below(256), below(256)};
    for (int y = std::max(0, top); y < std::min(height, bottom); ++y) {
      for (int x = std::max(0, left); x < std::min(width, right); ++x) {
        for (int c = 0; c < 3; ++c) image.rgb[std::size_t(3 * (y * width + x) + c)] = static_cast<std::uint8_t>(colour[std::size_t(c)]);
      }
    }
  };
  fill(0, 0, width, height);
  for (int i = 0; i < 120; ++i) {
    const int x = below(width), y = below(height), side = 2 + below(std::max(3, std::min(width, height) / 4));
    fill(x - side / 2, y - side / 2, x + side / 2, y + side / 2);
  }
  return image;
}

Image blurredScene(const Image& image, double sigma) {
  const int radius = static_cast<int>(3 * sigma) + 1;
  const auto pass = [&](const Image& from, int stepX, int stepY) {
    Image to = from;
    for (int y = 0; y < from.height; ++y) {
      for (int x = 0; x < from.width; ++x) {
        for (int c = 0; c < 3; ++c) {
          double sum = 0, weights = 0;
          for (int k = -radius; k <= radius; ++k) {
            const int px = std::clamp(x + k * stepX, 0, from.width - 1), py = std::clamp(y + k * stepY, 0, from.height - 1);
            const double weight = std::exp(-0.5 * k * k / (sigma * sigma));
            sum += weight * from.rgb[std::size_t(3 * (py * from.width + px) + c)];
            weights += weight;
          }
          to.rgb[std::size_t(3 * (y * from.width + x) + c)] = static_cast<std::uint8_t>(sum / weights + 0.5);
        }
      }
    }
    return to;
  };
  return pass(pass(image, 1, 0), 0, 1);
}

Bytes rgbProfile(const std::array<double, 6>& p, double gamma, const char* title) {
  const cmsCIExyY white = {0.3127, 0.3290, 1.0};
  const cmsCIExyYTRIPLE primaries = {{p[0], p[1], 1}, {p[2], p[3], 1}, {p[4], p[5], 1}};
  const std::array<double, 5> srgb = {2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045};
  auto* curve = gamma == kSrgbCurve ? cmsBuildParametricToneCurve(nullptr, 4, srgb.data()) : cmsBuildGamma(nullptr, gamma);
  std::array<cmsToneCurve*, 3> curves = {curve, curve, curve};
  void* profile = cmsCreateRGBProfile(&white, &primaries, curves.data());
  cmsFreeToneCurve(curve);
  auto* description = cmsMLUalloc(nullptr, 1);
  cmsMLUsetASCII(description, "en", "US", title);
  cmsWriteTag(profile, cmsSigProfileDescriptionTag, description);
  cmsMLUfree(description);
  cmsUInt32Number size = 0;
  cmsSaveProfileToMem(profile, nullptr, &size);
  Bytes bytes(size);
  cmsSaveProfileToMem(profile, bytes.data(), &size);
  cmsCloseProfile(profile);
  return bytes;
}

void attachProfile(OIIO::ImageSpec& spec, const Bytes& profile) {
  spec.attribute("ICCProfile", OIIO::TypeDesc(OIIO::TypeDesc::UINT8, int(profile.size())), profile.data());
}

Bytes extendedWebP(const Bytes& plain, int width, int height, const Bytes& profile, int orientation) {
  Bytes exif;
  appendText(exif, "II*");
  exif.push_back(0);
  appendLittle(exif, 8, 4);
  appendLittle(exif, 1, 2);
  appendLittle(exif, 0x0112, 2);
  appendLittle(exif, 3, 2);
  appendLittle(exif, 1, 4);
  appendLittle(exif, std::uint64_t(orientation), 4);
  appendLittle(exif, 0, 4);
  Bytes extended;
  extended.push_back(static_cast<std::uint8_t>((profile.empty() ? 0 : 0x20) | 0x08));
  appendLittle(extended, 0, 3);
  appendLittle(extended, std::uint64_t(width - 1), 3);
  appendLittle(extended, std::uint64_t(height - 1), 3);
  Bytes body;
  appendText(body, "WEBP");
  appendChunk(body, "VP8X", extended);
  if (!profile.empty()) appendChunk(body, "ICCP", profile);
  body.insert(body.end(), plain.begin() + 12, plain.end());
  appendChunk(body, "EXIF", exif);
  Bytes file;
  appendText(file, "RIFF");
  appendLittle(file, body.size(), 4);
  append(file, body);
  return file;
}

Bytes withProfile(const Bytes& jpeg, const Bytes& profile) {
  constexpr std::size_t kMost = 60'000;
  const auto count = (profile.size() + kMost - 1) / kMost;
  Bytes file(jpeg.begin(), jpeg.begin() + 2);
  for (std::size_t part = 0; part < count; ++part) {
    const auto size = std::min(kMost, profile.size() - part * kMost), length = 2 + 14 + size;
    append(file, {0xff, 0xe2, static_cast<std::uint8_t>(length >> 8), static_cast<std::uint8_t>(length)});
    appendText(file, "ICC_PROFILE");
    append(file, {0, static_cast<std::uint8_t>(part + 1), static_cast<std::uint8_t>(count)});
    const auto from = profile.begin() + static_cast<std::ptrdiff_t>(part * kMost);
    file.insert(file.end(), from, from + static_cast<std::ptrdiff_t>(size));
  }
  file.insert(file.end(), jpeg.begin() + 2, jpeg.end());
  return file;
}

Bytes withCameraExif(const Bytes& jpeg, bool bigEndian, int colorSpace, const std::string& interopIndex) {
  Bytes exif;
  const auto put = [&](std::uint64_t value, int bytes) {
    for (int i = 0; i < bytes; ++i)
      exif.push_back(static_cast<std::uint8_t>(value >> (8 * (bigEndian ? bytes - 1 - i : i))));
  };
  const auto entry = [&](std::uint64_t tag, std::uint64_t type, std::uint64_t count) {
    put(tag, 2), put(type, 2), put(count, 4);
  };
  appendText(exif, bigEndian ? "MM" : "II");
  put(42, 2), put(8, 4);
  put(1, 2), entry(0x8769, 4, 1), put(26, 4), put(0, 4);                         // at 8: to the EXIF part
  put(2, 2), entry(0xa001, 3, 1), put(std::uint64_t(colorSpace), 2), put(0, 2);  // at 26
  entry(0xa005, 4, 1), put(56, 4), put(0, 4);
  put(1, 2), entry(1, 2, 4), appendText(exif, interopIndex), exif.push_back(0), put(0, 4);  // at 56
  Bytes file(jpeg.begin(), jpeg.begin() + 2);
  const auto length = 2 + 6 + exif.size();
  append(file, {0xff, 0xe1, static_cast<std::uint8_t>(length >> 8), static_cast<std::uint8_t>(length), 'E', 'x', 'i',
                'f', 0, 0});
  append(file, exif);
  file.insert(file.end(), jpeg.begin() + 2, jpeg.end());
  return file;
}

Bytes tinyDng(int width, int height, int orientation) {
  const auto w = std::uint32_t(width), h = std::uint32_t(height);
  Bytes mosaic;
  for (int y = 0; y < height; ++y) {
    for (int x = 0; x < width; ++x) {
      // Bright red above the middle, bright blue below: the turn can be seen.
      const bool red = x % 2 == 0 && y % 2 == 0, blue = x % 2 == 1 && y % 2 == 1;
      const bool bright = y < height / 2 ? red : blue;
      appendLittle(mosaic, bright ? 12000 : 2000, 2);
    }
  }
  const auto minus = [](int value) { return static_cast<std::uint32_t>(-value); };
  const std::vector<Tag> tags = {
      {254, 4, {0}}, {256, 4, {w}}, {257, 4, {h}}, {258, 3, {16}}, {259, 3, {1}}, {262, 3, {32803}},
      {271, 2, text("Likeness")}, {272, 2, text("Test")}, {273, 4, {0}}, {274, 3, {std::uint32_t(orientation)}}, {277, 3, {1}},
      {278, 4, {h}}, {279, 4, {std::uint32_t(mosaic.size())}}, {284, 3, {1}}, {33421, 3, {2, 2}}, {33422, 1, {0, 1, 1, 2}},
      {50706, 1, {1, 4, 0, 0}}, {50707, 1, {1, 1, 0, 0}}, {50708, 2, text("Likeness Test")}, {50714, 3, {0}}, {50717, 3, {16000}},
      // XYZ (D65) to camera: the inverse of Rec. 709's matrix, so the camera sees sRGB primaries.
      {50721, 10, {32405, 10000, minus(15371), 10000, minus(4985), 10000, minus(9693), 10000, 18760, 10000, 416, 10000,
                   556, 10000, minus(2040), 10000, 10572, 10000}},
      {50728, 5, {1, 1, 1, 1, 1, 1}}, {50778, 3, {21}}};
  return tiffFile(tags, mosaic, 273);
}

}  // namespace likeness
