#include "core/model/vae_tiling.h"

#include <algorithm>

namespace likeness {
namespace {

// [to − from] weights along an axis, in positions that are `scale` times as fine.
torch::Tensor weightsOf(const AxisTile& tile, std::int64_t scale, const torch::Tensor& like) {
  torch::Tensor weights = torch::ones({(tile.to - tile.from) * scale}, like.options());
  const auto ramp = [&](std::int64_t length) {
    return (torch::arange(length, like.options()) + 0.5) / static_cast<double>(length);
  };
  if (tile.fadeIn > 0) weights.slice(0, 0, tile.fadeIn * scale).copy_(ramp(tile.fadeIn * scale));
  if (tile.fadeOut > 0) weights.slice(0, -tile.fadeOut * scale).copy_(1 - ramp(tile.fadeOut * scale));
  return weights;
}

// Adds up the tiles' weighted parts. Positions are latents; the tiles' results are `scale` times as fine.
class Blend {
 public:
  Blend(std::int64_t height, std::int64_t width, std::int64_t scale)
      : m_height(height), m_width(width), m_scale(scale) {}

  void add(const AxisTile& row, const AxisTile& column, const torch::Tensor& part) {
    if (!m_sum.defined()) {
      m_sum = torch::zeros({part.size(0), part.size(1), m_height * m_scale, m_width * m_scale}, part.options());
    }
    const auto weights = weightsOf(row, m_scale, part).unsqueeze(1) * weightsOf(column, m_scale, part);
    within(m_sum, row.from, row.to, column.from, column.to)
        .add_(within(part, row.from - row.begin, row.to - row.begin, column.from - column.begin,
                     column.to - column.begin) *
              weights);
  }
  [[nodiscard]] torch::Tensor sum() const { return m_sum; }

 private:
  [[nodiscard]] torch::Tensor within(const torch::Tensor& whole, std::int64_t top, std::int64_t bottom,
                                     std::int64_t left, std::int64_t right) const {
    return whole.slice(2, top * m_scale, bottom * m_scale).slice(3, left * m_scale, right * m_scale);
  }

  std::int64_t m_height, m_width, m_scale;
  torch::Tensor m_sum;
};

}  // namespace

std::vector<AxisTile> tilesAlong(std::int64_t size, const VaeTiling& tiling) {
  TORCH_CHECK(tiling.overlap >= 0 && tiling.tile > 0 && 3 * tiling.overlap <= tiling.tile,
              "the overlap of VAE tiles must be at most a third of them");
  if (size <= tiling.tile) return {{0, size, 0, size, 0, 0}};
  const std::int64_t stride = tiling.tile - tiling.overlap;
  const std::int64_t count = (size - tiling.overlap + stride - 1) / stride;
  std::vector<AxisTile> tiles;
  for (std::int64_t i = 0; i < count; ++i) {
    const std::int64_t begin = i * (size - tiling.tile) / (count - 1);
    tiles.push_back({begin, begin + tiling.tile, begin, begin + tiling.tile, 0, 0});
  }
  for (std::size_t i = 1; i < tiles.size(); ++i) {
    // Blended in the middle of what the two share.
    const std::int64_t from = (tiles[i].begin + tiles[i - 1].end - tiling.overlap) / 2;
    tiles[i].from = from;
    tiles[i - 1].to = from + tiling.overlap;
    tiles[i].fadeIn = tiles[i - 1].fadeOut = tiling.overlap;
  }
  return tiles;
}

torch::Tensor decodeTiled(AutoencoderKl& vae, const torch::Tensor& latents, const VaeTiling& tiling,
                          const std::function<void()>& beforeTile) {
  Blend blend(latents.size(2), latents.size(3), vae->config().downsamplingFactor());
  for (const auto& row : tilesAlong(latents.size(2), tiling)) {
    for (const auto& column : tilesAlong(latents.size(3), tiling)) {
      if (beforeTile) beforeTile();
      const auto tile = latents.slice(2, row.begin, row.end).slice(3, column.begin, column.end);
      blend.add(row, column, vae->decode(tile).to(torch::kFloat32));
    }
  }
  return blend.sum();
}

LatentDistribution encodeTiled(AutoencoderKl& vae, const torch::Tensor& pixels, const VaeTiling& tiling,
                               const std::function<void()>& beforeTile) {
  const std::int64_t factor = vae->config().downsamplingFactor();
  const std::int64_t height = pixels.size(2) / factor, width = pixels.size(3) / factor;
  Blend means(height, width, 1), logVariances(height, width, 1);
  for (const auto& row : tilesAlong(height, tiling)) {
    for (const auto& column : tilesAlong(width, tiling)) {
      if (beforeTile) beforeTile();
      const auto tile = pixels.slice(2, row.begin * factor, row.end * factor)
                            .slice(3, column.begin * factor, column.end * factor);
      const auto part = vae->encode(tile);
      means.add(row, column, part.mean.to(torch::kFloat32));
      logVariances.add(row, column, part.logVariance.to(torch::kFloat32));
    }
  }
  return {means.sum(), logVariances.sum()};
}

}  // namespace likeness
