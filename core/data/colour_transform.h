#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/data/named_colours.h"
#include "core/data/picture_codec.h"

namespace likeness {

enum class ColourModel { Grey, Rgb, Cmyk };

/// How a decoder hands over its pixels: interleaved, the colour channels first.
struct PixelLayout {
  ColourModel model = ColourModel::Rgb;
  SampleType sample = SampleType::U8;
  int channels = 3;         ///< a pixel, with alpha and what is not wanted
  int alpha = -1;           ///< the channel of alpha, −1 for none
  bool associated = false;  ///< colours are multiplied by alpha
  bool linear = false;      ///< values are proportional to light
};

/// Brings decoded pixels to opaque 16-bit sRGB. Threads: one at a time; the same bytes each time.
/// Source: lcms2; relative colorimetric with black point compensation.
class ColourTransform {
 public:
  /// `icc` may be empty, damaged or made for another number of channels: then it is not used, and note() says so.
  /// `colours` counts only without a profile, and for RGB.
  ColourTransform(const PixelLayout& layout, std::span<const std::uint8_t> icc, NamedColours colours);
  ~ColourTransform();
  ColourTransform(const ColourTransform&) = delete;
  ColourTransform& operator=(const ColourTransform&) = delete;

  /// Converts `count` pixels; `pixels` is used as scratch space. `rgb` takes 3·count values.
  void convert(void* pixels, std::size_t count, std::uint16_t* rgb);

  /// "Display P3 → sRGB"; empty when the values were sRGB already.
  [[nodiscard]] const std::string& note() const { return m_note; }

 private:
  void useProfile(std::span<const std::uint8_t> icc);
  void useNamed(NamedColours colours);
  void makeTransform(void* profile, std::string name);
  template <typename T>
  void convertSamples(T* pixels, std::size_t count, std::uint16_t* rgb);

  PixelLayout m_layout;
  void* m_transform = nullptr;
  bool m_expandGrey = false;  // a grey picture with an RGB profile
  std::vector<std::uint8_t> m_expanded;
  std::string m_note;
};

/// The sRGB transfer function: linear light 0 … 1 to encoded 0 … 1 (IEC 61966-2-1); clips, NaN becomes 0.
[[nodiscard]] float encodeSrgb(float linear);

}  // namespace likeness
