#include "core/data/colour_transform.h"

#include <lcms2.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include "core/data/bare_copy.h"

namespace likeness {
namespace {

constexpr cmsUInt32Number kIntent = INTENT_RELATIVE_COLORIMETRIC;
constexpr cmsUInt32Number kFlags = cmsFLAGS_BLACKPOINTCOMPENSATION | cmsFLAGS_NOCACHE;
// A profile that moves no colour by a whole 8-bit level is sRGB under another name; leaving the values alone is exact.
constexpr double kSameColour = 0.75 / 255.0;

// SMPTE EG 432-1, and Adobe RGB (1998) Color Image Encoding, 4.3.
constexpr cmsCIExyYTRIPLE kDisplayP3 = {{0.680, 0.320, 1.0}, {0.265, 0.690, 1.0}, {0.150, 0.060, 1.0}};
constexpr cmsCIExyYTRIPLE kAdobeRgb = {{0.640, 0.330, 1.0}, {0.210, 0.710, 1.0}, {0.150, 0.060, 1.0}};
constexpr double kAdobeGamma = 563.0 / 256;
constexpr std::array<double, 5> kSrgbCurve = {2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045};

struct ProfileCloser {
  void operator()(void* profile) const { cmsCloseProfile(profile); }
};
using Profile = std::unique_ptr<void, ProfileCloser>;

int colourChannels(ColourModel model) {
  return model == ColourModel::Grey ? 1 : model == ColourModel::Rgb ? 3 : 4;
}

cmsUInt32Number colourSpaceOf(ColourModel model) {
  return static_cast<cmsUInt32Number>(model == ColourModel::Grey ? PT_GRAY : model == ColourModel::Rgb ? PT_RGB : PT_CMYK);
}

std::string titleOf(void* profile) {
  std::array<char, 80> text{};
  cmsGetProfileInfoASCII(profile, cmsInfoDescription, "en", "US", text.data(), text.size() - 1);
  std::string title(text.data());
  std::erase_if(title, [](unsigned char c) { return c < 32 || c > 126; });
  return title.empty() ? "embedded profile" : title;
}

// Largest change, 0 … 1, that the profile makes to a grid of colours.
double changeBy(void* profile) {
  const Profile srgb(cmsCreate_sRGBProfile());
  void* transform = cmsCreateTransform(profile, TYPE_RGB_FLT, srgb.get(), TYPE_RGB_FLT, kIntent, kFlags);
  if (transform == nullptr) return 1.0;
  constexpr int kSteps = 9;
  double largest = 0;
  for (int i = 0; i < kSteps * kSteps * kSteps; ++i) {
    const std::array<float, 3> in = {float(i % kSteps) / (kSteps - 1), float(i / kSteps % kSteps) / (kSteps - 1),
                                     float(i / kSteps / kSteps) / (kSteps - 1)};
    std::array<float, 3> out{};
    cmsDoTransform(transform, in.data(), out.data(), 1);
    for (std::size_t c = 0; c < 3; ++c) largest = std::max(largest, std::abs(double(out[c]) - double(in[c])));
  }
  cmsDeleteTransform(transform);
  return largest;
}

template <typename T>
constexpr float kFull = std::is_floating_point_v<T> ? 1.0f : float(std::numeric_limits<T>::max());

template <typename T>
std::uint16_t to16(T value) {
  if constexpr (std::is_same_v<T, std::uint8_t>) return static_cast<std::uint16_t>(value * 257);
  else if constexpr (std::is_same_v<T, std::uint16_t>) return value;
  else return static_cast<std::uint16_t>(std::lround(65535.0f * (value > 0 ? std::min(value, 1.0f) : 0.0f)));
}

template <typename T>
T fromUnit(float value) {
  if constexpr (std::is_floating_point_v<T>) return value;
  else return static_cast<T>(std::lround(std::clamp(value, 0.0f, 1.0f) * kFull<T>));
}

// Divides colours by alpha, so that a profile sees the colours themselves.
template <typename T>
void unassociate(T* pixels, std::size_t count, const PixelLayout& layout) {
  const int colours = colourChannels(layout.model);
  for (std::size_t i = 0; i < count; ++i, pixels += layout.channels) {
    const float alpha = float(pixels[layout.alpha]) / kFull<T>;
    if (!(alpha > 0) || alpha >= 1) continue;
    for (int c = 0; c < colours; ++c) pixels[c] = fromUnit<T>(float(pixels[c]) / kFull<T> / alpha);
  }
}

// Lays unassociated colours on white.
template <typename T>
void flatten(const T* pixels, std::size_t count, const PixelLayout& layout, std::uint16_t* rgb) {
  for (std::size_t i = 0; i < count; ++i, pixels += layout.channels, rgb += 3) {
    const float alpha = std::clamp(float(pixels[layout.alpha]) / kFull<T>, 0.0f, 1.0f);
    if (alpha >= 1) continue;
    for (int c = 0; c < 3; ++c) rgb[c] = static_cast<std::uint16_t>(std::lround(rgb[c] * alpha + 65535.0f * (1 - alpha)));
  }
}

// Values proportional to light: laid on white as light, then encoded.
template <typename T>
void convertLinear(const T* pixels, std::size_t count, const PixelLayout& layout, std::uint16_t* rgb) {
  const bool grey = layout.model == ColourModel::Grey;
  for (std::size_t i = 0; i < count; ++i, pixels += layout.channels, rgb += 3) {
    const float alpha = layout.alpha < 0 ? 1.0f : std::clamp(float(pixels[layout.alpha]) / kFull<T>, 0.0f, 1.0f);
    for (int c = 0; c < 3; ++c) {
      const float light = float(pixels[grey ? 0 : c]) / kFull<T>;
      rgb[c] = to16(encodeSrgb(light * (layout.associated ? 1.0f : alpha) + 1 - alpha));
    }
  }
}

template <typename T>
void convertPlain(const T* pixels, std::size_t count, const PixelLayout& layout, std::uint16_t* rgb) {
  for (std::size_t i = 0; i < count; ++i, pixels += layout.channels, rgb += 3) {
    if (layout.model == ColourModel::Cmyk) {
      const float white = 1 - float(pixels[3]) / kFull<T>;
      for (int c = 0; c < 3; ++c) rgb[c] = to16((1 - float(pixels[c]) / kFull<T>) * white);
    } else {
      for (int c = 0; c < 3; ++c) rgb[c] = to16(pixels[layout.model == ColourModel::Grey ? 0 : c]);
    }
  }
}

}  // namespace

float encodeSrgb(float linear) {
  if (!(linear > 0)) return 0;
  if (linear >= 1) return 1;
  return linear <= 0.0031308f ? 12.92f * linear : 1.055f * std::pow(linear, 1 / 2.4f) - 0.055f;
}

ColourTransform::ColourTransform(const PixelLayout& layout, std::span<const std::uint8_t> icc, NamedColours colours)
    : m_layout(layout) {
  if (!icc.empty()) useProfile(icc);
  else if (layout.model == ColourModel::Rgb)
    useNamed(colours);
  if (m_transform == nullptr && m_note.empty() && layout.model == ColourModel::Cmyk) m_note = "CMYK → sRGB, without a profile";
  if (m_transform == nullptr && m_note.empty() && layout.linear) m_note = "linear light → sRGB";
}

ColourTransform::~ColourTransform() {
  if (m_transform != nullptr) cmsDeleteTransform(m_transform);
}

void ColourTransform::useProfile(std::span<const std::uint8_t> icc) {
  const bool sound = isSoundProfile(icc);
  const Profile profile(sound ? cmsOpenProfileFromMem(icc.data(), static_cast<cmsUInt32Number>(icc.size())) : nullptr);
  if (profile == nullptr) {
    m_note = "damaged colour profile, taken as sRGB";
    return;
  }
  const auto space = cmsGetColorSpace(profile.get());
  m_expandGrey = m_layout.model == ColourModel::Grey && space == cmsSigRgbData;
  const auto wanted = m_layout.model == ColourModel::Grey ? cmsSigGrayData
                      : m_layout.model == ColourModel::Rgb ? cmsSigRgbData
                                                           : cmsSigCmykData;
  if (space != wanted && !m_expandGrey) {
    m_note = m_layout.model == ColourModel::Cmyk ? "CMYK → sRGB, without a profile of its kind"
                                                 : "colour profile of another kind, taken as sRGB";
    return;
  }
  if (space == cmsSigRgbData && !m_layout.linear && changeBy(profile.get()) < kSameColour) {
    m_expandGrey = false;
    return;
  }
  makeTransform(profile.get(), titleOf(profile.get()));
}

void ColourTransform::useNamed(NamedColours colours) {
  if (colours == NamedColours::Srgb) return;
  const bool adobe = colours == NamedColours::AdobeRgb;
  const cmsCIExyY white = {0.3127, 0.3290, 1.0};
  const cmsCIExyYTRIPLE primaries = adobe ? kAdobeRgb : kDisplayP3;
  auto* curve =
      adobe ? cmsBuildGamma(nullptr, kAdobeGamma) : cmsBuildParametricToneCurve(nullptr, 4, kSrgbCurve.data());
  std::array<cmsToneCurve*, 3> curves = {curve, curve, curve};
  const Profile profile(cmsCreateRGBProfile(&white, &primaries, curves.data()));
  cmsFreeToneCurve(curve);
  if (profile != nullptr) makeTransform(profile.get(), adobe ? "Adobe RGB" : "Display P3");
}

void ColourTransform::makeTransform(void* profile, std::string name) {
  const auto model = m_expandGrey ? ColourModel::Rgb : m_layout.model;
  const auto colours = colourChannels(model);
  const auto extra = m_expandGrey ? 0 : m_layout.channels - colours;
  const cmsUInt32Number bytes = m_layout.sample == SampleType::U8 ? 1 : m_layout.sample == SampleType::U16 ? 2 : 4;
  const auto format = COLORSPACE_SH(colourSpaceOf(model)) | CHANNELS_SH(static_cast<cmsUInt32Number>(colours)) |
                      EXTRA_SH(static_cast<cmsUInt32Number>(extra)) | BYTES_SH(bytes) |
                      FLOAT_SH(m_layout.sample == SampleType::Float ? 1u : 0u);
  // lcms2's 8-bit shortcut keeps full precision; for deeper values it would go through a coarse table.
  const auto flags = kFlags | (m_layout.sample == SampleType::U8 ? 0u : static_cast<cmsUInt32Number>(cmsFLAGS_NOOPTIMIZE));
  const Profile srgb(cmsCreate_sRGBProfile());
  m_transform = cmsCreateTransform(profile, format, srgb.get(), TYPE_RGB_16, kIntent, flags);
  m_note = m_transform != nullptr ? std::move(name) + " → sRGB" : "unusable colour profile, taken as sRGB";
  if (m_transform == nullptr) m_expandGrey = false;
}

template <typename T>
void ColourTransform::convertSamples(T* pixels, std::size_t count, std::uint16_t* rgb) {
  if (m_transform == nullptr && m_layout.linear) return convertLinear(pixels, count, m_layout, rgb);
  if (m_layout.alpha >= 0 && m_layout.associated) unassociate(pixels, count, m_layout);
  if (m_transform == nullptr) {
    convertPlain(pixels, count, m_layout, rgb);
  } else if (m_expandGrey) {
    m_expanded.resize(count * 3 * sizeof(T));
    auto* expanded = reinterpret_cast<T*>(m_expanded.data());
    for (std::size_t i = 0; i < count; ++i) std::fill_n(expanded + 3 * i, 3, pixels[i * static_cast<std::size_t>(m_layout.channels)]);
    cmsDoTransform(m_transform, expanded, rgb, static_cast<cmsUInt32Number>(count));
  } else {
    cmsDoTransform(m_transform, pixels, rgb, static_cast<cmsUInt32Number>(count));
  }
  if (m_layout.alpha >= 0) flatten(pixels, count, m_layout, rgb);
}

void ColourTransform::convert(void* pixels, std::size_t count, std::uint16_t* rgb) {
  switch (m_layout.sample) {
    case SampleType::U8: return convertSamples(static_cast<std::uint8_t*>(pixels), count, rgb);
    case SampleType::U16: return convertSamples(static_cast<std::uint16_t*>(pixels), count, rgb);
    case SampleType::Float: return convertSamples(static_cast<float*>(pixels), count, rgb);
  }
}

}  // namespace likeness
