#pragma once
#include <functional>
#include <vector>

#include "core/model/autoencoder_kl.h"

namespace likeness {

/// How a picture too large for one pass goes through the VAE: in tiles that overlap and are blended over.
struct VaeTiling {
  std::int64_t tile = 96;     ///< latents, each way, of one pass
  std::int64_t overlap = 24;  ///< latents over which neighbours are blended; at most a third of `tile`
};

/// One tile along an axis: it is computed over [begin, end) and counts over [from, to), fading in over `fadeIn` positions
/// from `from` on and out over `fadeOut` before `to`. Every position's weights add up to 1.
struct AxisTile {
  std::int64_t begin, end, from, to, fadeIn, fadeOut;
};

/// The tiles that cover `size` positions, all of them `tiling.tile` long (one of `size` if that is shorter).
[[nodiscard]] std::vector<AxisTile> tilesAlong(std::int64_t size, const VaeTiling& tiling);

/// decode() and encode() tile by tile, with linear blends; `beforeTile`, if given, is called before each and may throw.
/// Shapes, range and device: as decode() and encode(); the result is fp32, because blends in bf16 show. Memory: that of
/// one tile, and the whole result.
/// Differs from diffusers' enable_tiling: because its last tiles are mere slivers, which know little of their
/// surroundings, ours are all of one size, and each is used only up to the middle of what it shares with its neighbour.
[[nodiscard]] torch::Tensor decodeTiled(AutoencoderKl& vae, const torch::Tensor& latents, const VaeTiling& tiling = {},
                                        const std::function<void()>& beforeTile = {});
[[nodiscard]] LatentDistribution encodeTiled(AutoencoderKl& vae, const torch::Tensor& pixels,
                                             const VaeTiling& tiling = {},
                                             const std::function<void()>& beforeTile = {});

}  // namespace likeness
