#include "core/sample/score_preprocessing.h"

#include <algorithm>
#include <cmath>

#include "core/model/config_reader.h"

namespace likeness {
namespace fs = std::filesystem;
namespace {

constexpr int kLargest = 2048;

int side(const Json& json, const char* key, const fs::path& file) {
  return static_cast<int>(ConfigReader(json, file).integer(key, 0, 1, kLargest));
}

// A number, or an object of height and width.
std::array<int, 2> rectangle(const Json& json, const char* key, const fs::path& file) {
  const auto& value = json.at(key);
  if (value.is_object()) return {side(value, "width", file), side(value, "height", file)};
  const int both = side(json, key, file);
  return {both, both};
}

std::array<double, 3> channels(const ConfigReader& reader, const char* key, const std::array<double, 3>& fallback) {
  if (!reader.has(key)) return fallback;
  const auto values = reader.numbers(key, 3);
  return {values.at(0), values.at(1), values.at(2)};
}

Filter filterOf(const ConfigReader& reader, Filter usual) {
  if (!reader.has("resample")) return usual;
  switch (const auto number = reader.integer("resample", 3, 0, 5)) {  // Pillow's numbers
    case 1: return Filter::Lanczos;
    case 2: return Filter::Bilinear;
    case 3: return Filter::Bicubic;
    default: reader.failUnsupported("resample", number);
  }
}

ScorePreprocessing read(const Json& json, const ConfigReader& reader, const fs::path& file,
                        const ScorePreprocessing& usual) {
  for (const char* needed : {"do_resize", "do_normalize", "do_rescale"}) reader.allowOnly(needed, {true});
  const double rescale = reader.number("rescale_factor", 1.0 / 255, 0, 1);
  reader.require(std::abs(rescale * 255 - 1) < 1e-4, "rescale_factor", "1/255");
  auto steps = usual;
  if (reader.has("size")) {
    const auto& size = json.at("size");
    steps.shortestEdge.reset();
    if (size.is_object() && size.contains("shortest_edge")) {
      steps.shortestEdge = side(size, "shortest_edge", file);
    } else {
      const auto [width, height] = rectangle(json, "size", file);
      steps.width = width, steps.height = height;
      // Before transformers 4.22 CLIP's single number meant the shorter edge.
      if (!size.is_object() && usual.shortestEdge) steps.shortestEdge = width;
    }
  }
  const bool cuts = reader.boolean("do_center_crop", usual.crop.has_value());
  if (!cuts) steps.crop.reset();
  if (cuts && reader.has("crop_size")) steps.crop = rectangle(json, "crop_size", file);
  steps.filter = filterOf(reader, usual.filter);
  steps.mean = channels(reader, "image_mean", usual.mean);
  steps.deviation = channels(reader, "image_std", usual.deviation);
  for (const double deviation : steps.deviation) reader.require(deviation > 0, "image_std", "above 0");
  reader.require(steps.crop || !steps.shortestEdge, "do_center_crop", "true, where size is a shortest_edge");
  const auto smallest = steps.shortestEdge.value_or(std::min(steps.width, steps.height));
  if (steps.crop) reader.require(std::ranges::max(*steps.crop) <= smallest, "crop_size", "at most size");
  return steps;
}

}  // namespace

ScorePreprocessing ScorePreprocessing::usual(const VisionTransformerConfig& config) {
  constexpr std::array kImageNetMean{0.485, 0.456, 0.406}, kImageNetDeviation{0.229, 0.224, 0.225};
  ScorePreprocessing steps;
  if (config.kind == VisionKind::Clip) {
    const auto edge = static_cast<int>(config.imageSize);
    steps.shortestEdge = edge;
    steps.crop = std::array{edge, edge};
    steps.mean = {0.48145466, 0.4578275, 0.40821073};
    steps.deviation = {0.26862954, 0.26130258, 0.27577711};
    return steps;
  }
  steps.mean = kImageNetMean;
  steps.deviation = kImageNetDeviation;
  if (config.kind == VisionKind::Dinov2) {
    steps.shortestEdge = 256;
    steps.crop = std::array{224, 224};
  }
  return steps;
}

Result<ScorePreprocessing> ScorePreprocessing::fromJson(const Json& json, const fs::path& file,
                                                        const ScorePreprocessing& usual) {
  return readConfig<ScorePreprocessing>(
      json, file, [&](const ConfigReader& reader) { return read(json, reader, file, usual); });
}

std::array<int, 2> ScorePreprocessing::outputSize() const { return crop ? *crop : std::array{width, height}; }

torch::Tensor ScorePreprocessing::apply(const Image& image) const {
  TORCH_CHECK(image.width > 0 && image.height > 0, "a picture without pixels can't be scored");
  int toWidth = width, toHeight = height;
  if (shortestEdge) {
    // Rounded down, and never wider than a mistaken panorama needs: only the middle counts.
    const auto longer = [&](int along, int across) {
      return static_cast<int>(std::min<std::int64_t>(std::int64_t{*shortestEdge} * along / across, 64 * kLargest));
    };
    toWidth = image.width <= image.height ? *shortestEdge : longer(image.width, image.height);
    toHeight = image.width <= image.height ? longer(image.height, image.width) : *shortestEdge;
  }
  const PixelBox whole{0, 0, double(image.width), double(image.height)};
  const auto resized = toWidth == image.width && toHeight == image.height
                           ? image
                           : resample(image, whole, toWidth, toHeight, filter);
  auto* bytes = const_cast<std::uint8_t*>(resized.rgb.data());  // only read: the conversion copies
  auto pixels = torch::from_blob(bytes, {toHeight, toWidth, 3}, torch::kUInt8);
  if (crop) {
    const auto [cropWidth, cropHeight] = *crop;
    pixels = pixels.narrow(0, (toHeight - cropHeight) / 2, cropHeight).narrow(1, (toWidth - cropWidth) / 2, cropWidth);
  }
  auto result = pixels.permute({2, 0, 1}).to(torch::kFloat32).div_(255.0).contiguous();
  for (int c = 0; c < 3; ++c) {
    const auto i = static_cast<std::size_t>(c);
    result[c].sub_(mean[i]).div_(deviation[i]);
  }
  return result.unsqueeze(0);
}

}  // namespace likeness
