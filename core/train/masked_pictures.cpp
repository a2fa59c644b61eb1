#include "core/train/masked_pictures.h"

#include <array>

namespace likeness {
namespace {

// Numbers 0 … limits[i], uniform and independent, from one draw.
template <std::size_t N>
std::array<std::int64_t, N> numbersUpTo(const std::array<std::int64_t, N>& limits, const RandomKey& key) {
  std::uint64_t all = 1;
  for (const auto limit : limits) all *= static_cast<std::uint64_t>(limit + 1);
  auto drawn = randomBelow(all, key);
  std::array<std::int64_t, N> numbers{};
  for (std::size_t i = 0; i < N; ++i) {
    const auto choices = static_cast<std::uint64_t>(limits[i] + 1);
    numbers[i] = static_cast<std::int64_t>(drawn % choices);
    drawn /= choices;
  }
  return numbers;
}

}  // namespace

torch::Tensor randomMask(std::int64_t height, std::int64_t width, const RandomKey& key) {
  const auto [wide, high, ellipse] =
      numbersUpTo<3>({width, height, 1}, inStream(key, RandomStream::MaskShape));
  const auto halfWide = wide / 2, halfHigh = high / 2;
  const auto [left, top] =
      numbersUpTo<2>({width - 2 * halfWide, height - 2 * halfHigh}, inStream(key, RandomStream::MaskPlace));
  const auto x = (torch::arange(width, torch::kFloat32) - static_cast<double>(left + halfWide)).view({1, 1, width});
  const auto y = (torch::arange(height, torch::kFloat32) - static_cast<double>(top + halfHigh)).view({1, height, 1});
  if (ellipse == 0) {
    return (x.abs().le(static_cast<double>(halfWide)) & y.abs().le(static_cast<double>(halfHigh))).to(torch::kFloat32);
  }
  const auto radius = [](std::int64_t half) { return static_cast<double>(half) + 0.5; };
  return ((x / radius(halfWide)).square() + (y / radius(halfHigh)).square()).le(1.0).to(torch::kFloat32);
}

torch::Tensor maskedChannels(const StableDiffusion& model, const torch::Tensor& pixels, const torch::Tensor& masks,
                             const torch::Tensor& noise) {
  const torch::NoGradGuard noGrad;
  const auto device = model.unet->parameters().front().device();
  auto vae = model.vae;
  const auto posterior = vae->encode((pixels * masks.lt(0.5)).to(device));
  const auto latents = scaleLatents(posterior.sample(noise.to(device)).to(torch::kFloat32), vae->config());
  return at::cat({at::upsample_nearest2d(masks.to(device), {latents.size(2), latents.size(3)}), latents}, 1);
}

}  // namespace likeness
