#include <lcms2.h>

#include <QtTest>
#include <cmath>

#include "core/data/photo_reader.h"
#include "core/data/picture_file.h"
#include "tests/unit/photo_maker.h"

using namespace likeness;

namespace {

using Triple = std::array<double, 3>;

double decode(double v) { return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4); }
double encode(double v) {
  v = std::clamp(v, 0.0, 1.0);
  return v <= 0.0031308 ? 12.92 * v : 1.055 * std::pow(v, 1 / 2.4) - 0.055;
}

// Display P3 to sRGB, encoded 0 … 1: both D65, so one matrix on linear light (CSS Color 4).
Triple p3ToSrgb(const Triple& p3) {
  constexpr std::array<Triple, 3> kMatrix = {
      {{1.2249401762805598, -0.2249401762805598, 0}, {-0.0420569547096881, 1.0420569547096881, 0}, {-0.0196375545903344, -0.0786360455506319, 1.0982736001409663}}};
  Triple result{};
  for (std::size_t i = 0; i < 3; ++i) {
    double sum = 0;
    for (std::size_t j = 0; j < 3; ++j) sum += kMatrix[i][j] * decode(p3[j]);
    result[i] = encode(sum);
  }
  return result;
}

// Adobe RGB (1998) to sRGB, encoded 0 … 1: both D65, so one matrix on linear light.
Triple adobeToSrgb(const Triple& adobe) {
  const auto light = [&](std::size_t c) { return std::pow(adobe[c], 563.0 / 256); };
  return {encode(1.3982840 * light(0) - 0.3982840 * light(1)), encode(light(1)),
          encode(-0.0429382 * light(1) + 1.0429382 * light(2))};
}

// Colours that stay inside sRGB, and some that don't.
std::vector<Triple> someColours() {
  std::vector<Triple> colours;
  for (int i = 0; i < 64; ++i) colours.push_back({(i % 4) / 3.0, (i / 4 % 4) / 3.0, (i / 16) / 3.0});
  for (int i = 0; i < 16; ++i) colours.push_back({i / 60.0, i / 50.0, i / 70.0});
  return colours;
}

template <typename T>
std::vector<T> samples(const std::vector<Triple>& colours, double full) {
  std::vector<T> values;
  for (const auto& colour : colours) {
    for (const double v : colour) values.push_back(static_cast<T>(std::lround(v * full)));
  }
  return values;
}

// A CMYK profile by table: light = (1 − ink)(1 − black), but with cyan and yellow swapped, so that its use shows.
Bytes swappedCmykProfile() {
  void* profile = cmsCreateProfilePlaceholder(nullptr);
  cmsSetProfileVersion(profile, 2.1);
  cmsSetDeviceClass(profile, cmsSigOutputClass);
  cmsSetColorSpace(profile, cmsSigCmykData);
  cmsSetPCS(profile, cmsSigLabData);
  const auto toLab = [](const cmsUInt16Number* in, cmsUInt16Number* out, void* cargo) -> cmsInt32Number {
    const std::array<cmsUInt16Number, 3> rgb = {
        static_cast<cmsUInt16Number>((65535.0 - in[2]) * (65535.0 - in[3]) / 65535.0), static_cast<cmsUInt16Number>((65535.0 - in[1]) * (65535.0 - in[3]) / 65535.0),
        static_cast<cmsUInt16Number>((65535.0 - in[0]) * (65535.0 - in[3]) / 65535.0)};
    cmsDoTransform(cargo, rgb.data(), out, 1);
    return TRUE;
  };
  void* srgb = cmsCreate_sRGBProfile();
  void* lab = cmsCreateLab2Profile(nullptr);
  void* transform = cmsCreateTransform(srgb, TYPE_RGB_16, lab, TYPE_LabV2_16, INTENT_RELATIVE_COLORIMETRIC, cmsFLAGS_NOOPTIMIZE);
  auto* pipeline = cmsPipelineAlloc(nullptr, 4, 3);
  auto* table = cmsStageAllocCLut16bit(nullptr, 9, 4, 3, nullptr);
  cmsStageSampleCLut16bit(table, toLab, transform, 0);
  cmsPipelineInsertStage(pipeline, cmsAT_BEGIN, table);
  cmsWriteTag(profile, cmsSigAToB0Tag, pipeline);
  cmsWriteTag(profile, cmsSigAToB1Tag, pipeline);
  cmsPipelineFree(pipeline);
  cmsDeleteTransform(transform);
  cmsCloseProfile(srgb);
  cmsCloseProfile(lab);
  cmsUInt32Number size = 0;
  cmsSaveProfileToMem(profile, nullptr, &size);
  Bytes bytes(size);
  cmsSaveProfileToMem(profile, bytes.data(), &size);
  cmsCloseProfile(profile);
  return bytes;
}

Bytes greyProfile(double gamma) {
  const cmsCIExyY white = {0.3127, 0.3290, 1.0};
  auto* curve = cmsBuildGamma(nullptr, gamma);
  void* profile = cmsCreateGrayProfile(&white, curve);
  cmsFreeToneCurve(curve);
  cmsUInt32Number size = 0;
  cmsSaveProfileToMem(profile, nullptr, &size);
  Bytes bytes(size);
  cmsSaveProfileToMem(profile, bytes.data(), &size);
  cmsCloseProfile(profile);
  return bytes;
}

// Largest difference from what is expected, in 8-bit levels.
double worst(const Photo& photo, const std::vector<Triple>& expected) {
  double largest = 0;
  for (std::size_t i = 0; i < expected.size(); ++i) {
    for (std::size_t c = 0; c < 3; ++c) largest = std::max(largest, std::abs(photo.rgb[3 * i + c] / 257.0 - expected[i][c] * 255));
  }
  return largest;
}

}  // namespace

class TestPhotoColour : public QObject {
  Q_OBJECT
  TestFolder m_folder;

  std::filesystem::path write(const std::string& name, int channels, OIIO::TypeDesc type, const void* pixels, int count,
                              const Bytes& profile = {}, OIIO::ImageSpec attributes = {}) {
    if (!profile.empty()) attachProfile(attributes, profile);
    const auto file = m_folder / name;
    return writePixels(file, count, 1, channels, type, pixels, attributes) ? file : std::filesystem::path();
  }

 private Q_SLOTS:
  void displayP3() {
    const auto colours = someColours();
    std::vector<Triple> expected;
    for (const auto& colour : colours) expected.push_back(p3ToSrgb(colour));
    const auto profile = rgbProfile(kP3, kSrgbCurve, "Display P3");
    const int count = int(colours.size());
    // Quantising the input alone can move an 8-bit value by nearly one level where sRGB's curve is steep.
    const auto eight = readPhoto(write("p3.png", 3, OIIO::TypeUInt8, samples<std::uint8_t>(colours, 255).data(), count, profile)).value();
    QCOMPARE(eight.colourNote, std::string("Display P3 → sRGB"));
    QVERIFY2(worst(eight, expected) < 1.5, qPrintable(QString::number(worst(eight, expected))));
    const auto sixteen = readPhoto(write("p3.tif", 3, OIIO::TypeUInt16, samples<std::uint16_t>(colours, 65535).data(), count, profile)).value();
    QVERIFY2(worst(sixteen, expected) < 0.1, qPrintable(QString::number(worst(sixteen, expected))));
  }

  void adobeRgbByExifAlone() {
    const auto image = sharpScene(64, 48);
    QVERIFY(writePixels(m_folder / "plain.jpg", image));
    const auto plain = readBytes(m_folder / "plain.jpg");
    const auto untouched = readPicture(m_folder / "plain.jpg").value();
    std::vector<Triple> expected;
    for (std::size_t i = 0; i < untouched.rgb.size(); i += 3) {
      expected.push_back(
          adobeToSrgb({untouched.rgb[i] / 255.0, untouched.rgb[i + 1] / 255.0, untouched.rgb[i + 2] / 255.0}));
    }
    const auto marked = [&](bool big, int space, const char* index) {
      writeBytes(m_folder / "marked.jpg", withCameraExif(plain, big, space, index));
      return readPhoto(m_folder / "marked.jpg").value();
    };
    for (const bool big : {false, true}) {
      for (const auto& photo : {marked(big, 0xffff, "R03"), marked(big, 2, "R98")}) {
        QCOMPARE(photo.colourNote, std::string("Adobe RGB → sRGB"));
        QVERIFY2(worst(photo, expected) < 1, qPrintable(QString::number(worst(photo, expected))));
      }
      for (const auto& photo : {marked(big, 1, "R03"), marked(big, 0xffff, "R98")})
        QCOMPARE(photo.colourNote, std::string());
    }
    // A profile says more than the mark.
    OIIO::ImageSpec attributes;
    attachProfile(attributes, rgbProfile(kRec709, kSrgbCurve, "sRGB"));
    QVERIFY(writePixels(m_folder / "both.jpg", image, attributes));
    writeBytes(m_folder / "both.jpg", withCameraExif(readBytes(m_folder / "both.jpg"), true, 0xffff, "R03"));
    QCOMPARE(readPicture(m_folder / "both.jpg").value(), untouched);
  }

  void aWideGammaProfile() {
    const auto colours = someColours();
    std::vector<Triple> expected;
    for (const auto& colour : colours) {
      expected.push_back({encode(std::pow(colour[0], 1.8)), encode(std::pow(colour[1], 1.8)), encode(std::pow(colour[2], 1.8))});
    }
    const auto file = write("gamma.tif", 3, OIIO::TypeUInt16, samples<std::uint16_t>(colours, 65535).data(), int(colours.size()),
                            rgbProfile(kRec709, 1.8, "Old screen"));
    const auto photo = readPhoto(file).value();
    QCOMPARE(photo.colourNote, std::string("Old screen → sRGB"));
    QVERIFY2(worst(photo, expected) < 0.2, qPrintable(QString::number(worst(photo, expected))));
  }

  void srgbStaysAsItIs() {
    const auto image = distinctPixels(16, 16);
    OIIO::ImageSpec attributes;
    attachProfile(attributes, rgbProfile(kRec709, kSrgbCurve, "sRGB by another name"));
    QVERIFY(writePixels(m_folder / "srgb.png", image, attributes));
    QCOMPARE(readPicture(m_folder / "srgb.png").value(), image);
    QCOMPARE(readPhoto(m_folder / "srgb.png")->colourNote, std::string());
  }

  void damagedAndMisfitProfilesAreSaid() {
    const auto image = distinctPixels(4, 4);
    OIIO::ImageSpec attributes;
    attachProfile(attributes, Bytes(200, 7));
    QVERIFY(writePixels(m_folder / "damaged.tif", image, attributes));
    QCOMPARE(readPicture(m_folder / "damaged.tif").value(), image);
    QVERIFY(readPhoto(m_folder / "damaged.tif")->colourNote.find("damaged") != std::string::npos);
    attributes = {};
    attachProfile(attributes, greyProfile(1.0));
    QVERIFY(writePixels(m_folder / "misfit.tif", image, attributes));
    QCOMPARE(readPicture(m_folder / "misfit.tif").value(), image);
    QVERIFY(readPhoto(m_folder / "misfit.tif")->colourNote.find("another kind") != std::string::npos);
  }

  void greyWithProfiles() {
    std::vector<std::uint16_t> ramp;
    std::vector<Triple> linear, p3;
    for (int i = 0; i < 64; ++i) {
      ramp.push_back(static_cast<std::uint16_t>(i * 65535 / 63));
      const double v = ramp.back() / 65535.0;
      linear.push_back({encode(v), encode(v), encode(v)});
      p3.push_back(p3ToSrgb({v, v, v}));
    }
    const auto grey = readPhoto(write("grey.tif", 1, OIIO::TypeUInt16, ramp.data(), 64, greyProfile(1.0))).value();
    QVERIFY2(worst(grey, linear) < 0.5, qPrintable(QString::number(worst(grey, linear))));
    // A grey picture that carries an RGB profile.
    const auto odd = readPhoto(write("odd.tif", 1, OIIO::TypeUInt16, ramp.data(), 64, rgbProfile(kP3, kSrgbCurve, "P3"))).value();
    QVERIFY2(worst(odd, p3) < 0.1, qPrintable(QString::number(worst(odd, p3))));
  }

  void cmykTiff() {
    OIIO::ImageSpec attributes;
    attributes.attribute("tiff:ColorSpace", "CMYK");
    attributes.attribute("oiio:ColorSpace", "CMYK");
    const Bytes inks = {0, 0, 0, 0, 255, 0, 0, 0, 0, 255, 0, 0, 0, 0, 255, 0, 0, 0, 0, 255, 51, 102, 153, 64};
    std::vector<Triple> plain, swapped;
    for (std::size_t i = 0; i < inks.size(); i += 4) {
      const double light = 1 - inks[i + 3] / 255.0;
      plain.push_back({(1 - inks[i] / 255.0) * light, (1 - inks[i + 1] / 255.0) * light, (1 - inks[i + 2] / 255.0) * light});
      swapped.push_back({plain.back()[2], plain.back()[1], plain.back()[0]});
    }
    const auto naive = readPhoto(write("cmyk.tif", 4, OIIO::TypeUInt8, inks.data(), 6, {}, attributes)).value();
    QCOMPARE(naive.colourNote, std::string("CMYK → sRGB, without a profile"));
    QVERIFY2(worst(naive, plain) < 0.01, qPrintable(QString::number(worst(naive, plain))));
    const auto managed = readPhoto(write("managed.tif", 4, OIIO::TypeUInt8, inks.data(), 6, swappedCmykProfile(), attributes)).value();
    QVERIFY2(worst(managed, swapped) < 3, qPrintable(QString::number(worst(managed, swapped))));
    QVERIFY(managed.colourNote.ends_with(" → sRGB"));
  }

  void cmykJpeg() {
    const auto picture = readPicture(photoFixture("cmyk.jpg"));
    QVERIFY(picture.ok());
    QCOMPARE(picture->width, 16);
    QVERIFY(picture->rgb[0] > 240 && picture->rgb[1] < 15 && picture->rgb[2] < 15);
    QVERIFY(std::abs(picture->rgb[3 * 15] - 127) < 4);
    QVERIFY(readPhoto(photoFixture("cmyk.jpg"))->colourNote.starts_with("CMYK"));
    // With a profile that swaps cyan and yellow, so red and blue change places.
    writeBytes(m_folder / "managed.jpg", withProfile(readBytes(photoFixture("cmyk.jpg")), swappedCmykProfile()));
    const auto managed = readPhoto(m_folder / "managed.jpg").value();
    QVERIFY(managed.colourNote.ends_with(" → sRGB"));
    double largest = 0;
    for (std::size_t i = 0; i < picture->rgb.size(); ++i) {
      const auto swapped = i / 3 * 3 + 2 - i % 3;
      largest = std::max(largest, std::abs(managed.rgb[i] / 257.0 - picture->rgb[swapped]));
    }
    QVERIFY2(largest < 4, qPrintable(QString::number(largest)));
    // The end is missing.
    auto cut = readBytes(photoFixture("cmyk.jpg"));
    cut.resize(cut.size() - 12);
    writeBytes(m_folder / "cut.jpg", cut);
    QVERIFY(readPhoto(m_folder / "cut.jpg").error().message.find("cut short") != std::string::npos);
  }

  void alphaIsLaidOnWhite() {
    const Bytes straight = {200, 100, 50, 255, 200, 100, 50, 128, 200, 100, 50, 0};
    std::vector<Triple> expected;
    for (const double alpha : {1.0, 128 / 255.0, 0.0}) {
      expected.push_back({200 / 255.0 * alpha + 1 - alpha, 100 / 255.0 * alpha + 1 - alpha, 50 / 255.0 * alpha + 1 - alpha});
    }
    OIIO::ImageSpec unassociated;
    unassociated.attribute("oiio:UnassociatedAlpha", 1);
    for (const auto* name : {"alpha.png", "alpha.tif"}) {
      const auto photo = readPhoto(write(name, 4, OIIO::TypeUInt8, straight.data(), 3, {}, unassociated)).value();
      QVERIFY2(worst(photo, expected) < 0.01, name);
    }
    // Colours that are stored multiplied by alpha.
    const Bytes multiplied = {200, 100, 50, 255, 100, 50, 25, 128, 0, 0, 0, 0};
    const auto photo = readPhoto(write("multiplied.tif", 4, OIIO::TypeUInt8, multiplied.data(), 3)).value();
    QVERIFY2(worst(photo, expected) < 0.7, qPrintable(QString::number(worst(photo, expected))));
    const Bytes grey = {100, 255, 100, 0};
    const auto two = readPhoto(write("grey-alpha.png", 2, OIIO::TypeUInt8, grey.data(), 2, {}, unassociated)).value();
    QVERIFY(worst(two, {{100 / 255.0, 100 / 255.0, 100 / 255.0}, {1, 1, 1}}) < 0.01);
  }

  void alphaAndProfileTogether() {
    const Bytes straight = {200, 100, 50, 128};
    OIIO::ImageSpec unassociated;
    unassociated.attribute("oiio:UnassociatedAlpha", 1);
    const auto file = write("both.png", 4, OIIO::TypeUInt8, straight.data(), 1, rgbProfile(kP3, kSrgbCurve, "P3"), unassociated);
    const auto colour = p3ToSrgb({200 / 255.0, 100 / 255.0, 50 / 255.0});
    const double alpha = 128 / 255.0;
    QVERIFY(worst(readPhoto(file).value(), {{colour[0] * alpha + 1 - alpha, colour[1] * alpha + 1 - alpha, colour[2] * alpha + 1 - alpha}}) < 1);
  }

  void linearLight() {
    const std::vector<float> light = {0.0f, 0.18f, 1.0f, 4.0f, -0.5f, std::nanf(""), 0.002f, 0.5f, 0.75f};
    std::vector<Triple> expected;
    for (std::size_t i = 0; i < 9; i += 3) {
      Triple triple{};
      for (std::size_t c = 0; c < 3; ++c) triple[c] = std::isnan(light[i + c]) ? 0 : encode(light[i + c]);
      expected.push_back(triple);
    }
    const auto exr = readPhoto(write("light.exr", 3, OIIO::TypeFloat, light.data(), 3)).value();
    QVERIFY(worst(exr, expected) < 0.01);
    QCOMPARE(exr.colourNote, std::string("linear light → sRGB"));
    auto output = OIIO::ImageOutput::create("half.exr");
    QVERIFY(output->open((m_folder / "half.exr").string(), OIIO::ImageSpec(3, 1, 3, OIIO::TypeHalf)));
    QVERIFY(output->write_image(OIIO::TypeFloat, light.data()) && output->close());
    QVERIFY(worst(readPhoto(m_folder / "half.exr").value(), expected) < 0.1);
    // Associated alpha is laid on white as light.
    const std::vector<float> glass = {0.1f, 0.2f, 0.25f, 0.5f};
    const auto laid = readPhoto(write("glass.exr", 4, OIIO::TypeFloat, glass.data(), 1)).value();
    QVERIFY(worst(laid, {{encode(0.6), encode(0.7), encode(0.75)}}) < 0.01);
  }

  void sixteenBitsAreKept() {
    std::vector<std::uint16_t> values;
    for (int i = 0; i < 300; ++i) values.push_back(static_cast<std::uint16_t>(i * 217 + 3));
    for (const auto* name : {"deep.tif", "deep.png"}) {
      QCOMPARE(readPhoto(write(name, 3, OIIO::TypeUInt16, values.data(), 100)).value().rgb, values);
    }
  }
};

int runPhotoColourTests(int argc, char** argv) {
  TestPhotoColour test;
  return QTest::qExec(&test, argc, argv);
}

#include "test_photo_colour.moc"
