#include "core/data/image_tensor.h"

#include "core/tensor/check.h"

namespace likeness {

torch::Tensor imageToTensor(const Image& image) {
  TORCH_CHECK(image.width > 0 && image.height > 0 &&
                  image.rgb.size() == std::size_t(image.width) * std::size_t(image.height) * 3,
              "the picture's size does not fit its pixels");
  // from_blob only reads here; the conversion to float copies.
  auto* pixels = const_cast<std::uint8_t*>(image.rgb.data());
  const auto bytes = torch::from_blob(pixels, {1, image.height, image.width, 3}, torch::kUInt8);
  return bytes.permute({0, 3, 1, 2}).to(torch::kFloat32).contiguous().div_(127.5).sub_(1.0);
}

torch::Tensor imagesToTensor(std::span<const Image> images) {
  std::vector<torch::Tensor> tensors;
  for (const auto& image : images) tensors.push_back(imageToTensor(image));
  return torch::cat(tensors);
}

Image tensorToImage(const torch::Tensor& pixels) {
  const auto single = pixels.dim() == 4 ? pixels : pixels.unsqueeze(0);
  checkShape(single, {1, 3, -1, -1}, "a picture's pixels");
  return tensorToImages(single).front();
}

std::vector<Image> tensorToImages(const torch::Tensor& pixels) {
  checkShape(pixels, {-1, 3, -1, -1}, "the pictures' pixels");
  const torch::NoGradGuard noGrad;
  const auto bytes = pixels.detach()
                         .to(torch::kCPU, torch::kFloat32)
                         .nan_to_num(-1.0, 1.0, -1.0)
                         .add(1.0)
                         .mul(127.5)
                         .round()
                         .clamp(0, 255)
                         .to(torch::kUInt8)
                         .permute({0, 2, 3, 1})
                         .contiguous();
  const auto count = static_cast<std::size_t>(3 * bytes.size(1) * bytes.size(2));
  std::vector<Image> images;
  for (std::int64_t i = 0; i < bytes.size(0); ++i) {
    const auto* first = bytes[i].data_ptr<std::uint8_t>();
    images.push_back({static_cast<int>(bytes.size(2)), static_cast<int>(bytes.size(1)), {first, first + count}});
  }
  return images;
}

}  // namespace likeness
