#pragma once
#include <OpenImageIO/imageio.h>

#include <QTemporaryDir>
#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/api/image.h"

namespace likeness {

using Bytes = std::vector<std::uint8_t>;

/// A folder that goes away with the test.
class TestFolder {
 public:
  [[nodiscard]] std::filesystem::path path() const { return m_folder.path().toStdString(); }
  [[nodiscard]] std::filesystem::path operator/(const std::string& name) const { return path() / name; }

 private:
  QTemporaryDir m_folder;
};

/// A file of tests/data, or of LIKENESS_FIXTURES/photos when that is there (see make_photo_fixtures.py).
std::filesystem::path photoFixture(const std::string& name);

/// Writes pixels through OpenImageIO, the kind by the name; false when the build can't write that kind.
/// `attributes` may hold Orientation, ICCProfile, compression and so on.
bool writePixels(const std::filesystem::path& file, int width, int height, int channels, OIIO::TypeDesc type,
                 const void* pixels, const OIIO::ImageSpec& attributes = {});
bool writePixels(const std::filesystem::path& file, const Image& image, const OIIO::ImageSpec& attributes = {});

Bytes readBytes(const std::filesystem::path& file);
void writeBytes(const std::filesystem::path& file, const Bytes& bytes);

/// A picture in which every pixel is another colour.
Image distinctPixels(int width, int height);
/// A picture with edges and texture that no photo check minds.
Image sharpScene(int width, int height, unsigned seed = 1);
Image blurredScene(const Image& image, double sigma);

/// An RGB profile of these primaries (Rx, Ry, Gx, Gy, Bx, By), D65, with the sRGB curve or a plain gamma.
Bytes rgbProfile(const std::array<double, 6>& primaries, double gamma, const char* title);
inline constexpr std::array<double, 6> kP3 = {0.680, 0.320, 0.265, 0.690, 0.150, 0.060};
inline constexpr std::array<double, 6> kRec709 = {0.640, 0.330, 0.300, 0.600, 0.150, 0.060};
constexpr double kSrgbCurve = 0;

void attachProfile(OIIO::ImageSpec& spec, const Bytes& profile);

/// Wraps a plain lossless WebP into the extended container, with an ICC profile and an EXIF orientation.
Bytes extendedWebP(const Bytes& plain, int width, int height, const Bytes& profile, int orientation);

/// The JPEG with an ICC profile in front, in as many parts as it takes.
Bytes withProfile(const Bytes& jpeg, const Bytes& profile);

/// The JPEG with a camera's EXIF part in front: its ColorSpace, and its interoperability index of three letters.
Bytes withCameraExif(const Bytes& jpeg, bool bigEndian, int colorSpace, const std::string& interopIndex);

/// A camera RAW file: a DNG with an RGGB mosaic of one colour.
Bytes tinyDng(int width, int height, int orientation);

}  // namespace likeness
