#include "core/sample/rough_pictures.h"

#include "core/sample/vae_passes.h"
#include "core/tensor/random.h"

namespace likeness {
namespace {

constexpr std::int64_t kLatents = 12;  // a side of the picture that is fitted to
constexpr std::int64_t kPatches = 6;   // a side, of colours that run into each other
constexpr double kContrast = 0.6;
constexpr double kRidge = 1e-3;  // keeps channels that say nothing of colour near zero

// [1,3,S,S]: soft patches of all colours, at a scale that latents can hold.
torch::Tensor colouredPicture(std::int64_t side) {
  const auto patches = normal({1, 3, kPatches, kPatches}, RandomKey{0, 0, 0, RandomStream::SampleNoise});
  return at::upsample_bilinear2d(patches * kContrast, {side, side}, /*align_corners=*/true).clamp(-1, 1);
}

// [N,C,h,w] to one row a latent, with a constant behind: [N·h·w, C + 1].
torch::Tensor rowsOf(const torch::Tensor& latents) {
  const auto rows = latents.permute({0, 2, 3, 1}).reshape({-1, latents.size(1)});
  return torch::cat({rows, torch::ones({rows.size(0), 1}, rows.options())}, 1);
}

}  // namespace

torch::Tensor fitRoughPictures(const StableDiffusion& model, JobControl& control) {
  // A grid makes many single pictures with one model.
  thread_local std::weak_ptr<AutoencoderKlImpl> fittedFor;
  thread_local torch::Tensor fitted;
  const auto device = model.unet->parameters().front().device();
  if (fitted.defined() && fittedFor.lock() == model.vae.ptr()) return fitted.to(device);
  const torch::NoGradGuard noGrad;
  const auto pixels = colouredPicture(kLatents * model.vaeFactor());
  const auto latents = encodePixels(model, pixels, VaeTiles::Never, control).to(torch::kCPU, torch::kFloat64);
  const auto colours = at::adaptive_avg_pool2d(pixels, {latents.size(2), latents.size(3)}).to(torch::kFloat64);
  const auto rows = rowsOf(latents);
  const auto wanted = colours.permute({0, 2, 3, 1}).reshape({-1, 3});
  const auto ridge = kRidge * static_cast<double>(rows.size(0)) * torch::eye(rows.size(1), torch::kFloat64);
  const auto map = at::linalg_solve(rows.t().matmul(rows) + ridge, rows.t().matmul(wanted));
  fitted = map.to(device, torch::kFloat32);
  fittedFor = model.vae.ptr();
  return fitted;
}

std::vector<ImagePtr> roughPictures(const torch::Tensor& map, const torch::Tensor& latents) {
  const auto count = latents.size(0), height = latents.size(2), width = latents.size(3);
  const auto colours = rowsOf(latents.to(torch::kFloat32)).matmul(map);
  const auto bytes =
      ((colours + 1) * 127.5).nan_to_num().clamp(0, 255).round().to(torch::kUInt8).to(torch::kCPU).contiguous();
  std::vector<ImagePtr> pictures;
  const auto size = static_cast<std::size_t>(height * width * 3);
  for (std::int64_t i = 0; i < count; ++i) {
    auto picture = std::make_shared<Image>();
    picture->width = static_cast<int>(width);
    picture->height = static_cast<int>(height);
    const auto* first = bytes.data_ptr<std::uint8_t>() + static_cast<std::size_t>(i) * size;
    picture->rgb.assign(first, first + size);
    pictures.push_back(std::move(picture));
  }
  return pictures;
}

}  // namespace likeness
