#include "core/weights/textual_inversion.h"

#include <algorithm>
#include <array>
#include <optional>

#include "core/tensor/check.h"
#include "core/weights/safetensors.h"

namespace likeness {
namespace {

constexpr std::int64_t kMaxWidth = 16384;
constexpr std::string_view kParameters = "string_to_param.";

Error wrong(const TensorSource& file, ErrorCode code, const std::string& what) {
  return {code, file.path().string() + " " + what, {}, file.path().string()};
}

Error corrupt(const TensorSource& file, const std::string& what) {
  return wrong(file, ErrorCode::Corrupt, what + ". Copy or download the embedding again.");
}

// Which tensors hold the vectors, one for each text encoder, and the token that the file names.
struct Found {
  std::vector<std::string> tensors;
  std::string token;
};

std::optional<Found> findForXl(const TensorSource& file) {
  static constexpr std::array<std::array<const char*, 2>, 2> kPairs{
      {{"clip_l", "clip_g"}, {"text_encoders_0", "text_encoders_1"}}};
  for (const auto& [first, second] : kPairs) {
    if (file.has(first) && file.has(second)) return Found{{first, second}, {}};
  }
  return std::nullopt;
}

Result<Found> find(const TensorSource& file) {
  if (auto pair = findForXl(file)) return *pair;
  if (file.has("emb_params")) return Found{{"emb_params"}, {}};
  std::vector<std::string> parameters, others;
  for (const auto& [name, info] : file.tensors()) {
    (name.starts_with(kParameters) ? parameters : others).push_back(name);
  }
  if (parameters.size() == 1) return Found{parameters, {}};
  if (parameters.empty() && others.size() == 1) {
    const auto& name = others.front();
    const bool generic = name == "clip_l" || name == "clip_g" || name == "*";
    return Found{others, generic ? std::string() : name};
  }
  const auto count = std::max(parameters.size(), others.size());
  return wrong(file, ErrorCode::Unsupported,
               "holds " + std::to_string(count) +
                   " tensors and isn't a textual-inversion embedding, which has one, or two for Stable Diffusion XL. "
                   "Choose another file.");
}

Result<torch::Tensor> readVectors(const TensorSource& file, const std::string& name) {
  const auto& info = file.tensors().at(name);
  const bool plausible = torch::isFloatingType(info.dtype) && (info.shape.size() == 1 || info.shape.size() == 2);
  const auto count = info.shape.size() == 2 ? info.shape.front() : 1;
  if (!plausible || info.shape.back() < 1 || info.shape.back() > kMaxWidth || count < 1) {
    return wrong(file, ErrorCode::Unsupported,
                 "isn't a textual-inversion embedding: its tensor is not a few rows of numbers. Choose another file.");
  }
  if (count > kMostVectors) {
    return wrong(file, ErrorCode::Unsupported,
                 "is an embedding of " + std::to_string(count) + " vectors, and a part of a prompt takes at most " +
                     std::to_string(kMostVectors) + ". Choose another file.");
  }
  auto vectors = file.tensor(name).detach().to(torch::kFloat32).reshape({count, info.shape.back()}).contiguous();
  if (!allFinite(vectors)) return corrupt(file, "is an embedding with numbers that are not finite");
  return vectors;
}

}  // namespace

Result<TextualInversion> readTextualInversion(const TensorSource& file) {
  LK_TRY(const auto found, find(file));
  TextualInversion embedding;
  embedding.path = file.path();
  const auto stem = file.path().stem().string();
  // diffusers gives every file the stem learned_embeds and tells them apart by their tokens.
  if (found.token.empty() || !stem.starts_with("learned_embeds")) embedding.names.push_back(stem);
  if (!found.token.empty() && found.token != stem) embedding.names.push_back(found.token);
  for (const auto& name : found.tensors) {
    LK_TRY(auto vectors, readVectors(file, name));
    embedding.vectors.push_back(std::move(vectors));
  }
  if (embedding.vectors.back().size(0) != embedding.count()) {
    return corrupt(file, "has different numbers of vectors for its two text encoders");
  }
  return embedding;
}

Result<void> writeTextualInversion(const std::filesystem::path& path, const TextualInversion& embedding,
                                   torch::ScalarType dtype, const Metadata& metadata) {
  const bool xl = embedding.vectors.size() == 2;
  NamedTensors tensors;
  for (const auto& vectors : embedding.vectors) {
    const auto name = !xl ? embedding.names.front() : tensors.empty() ? "clip_l" : "clip_g";
    tensors.emplace_back(name, vectors.detach().to(dtype).contiguous());
  }
  return writeSafetensors(path, tensors, metadata);
}

std::string familyOfWidths(const std::vector<std::int64_t>& widths) {
  static const std::vector<std::pair<std::vector<std::int64_t>, const char*>> known = {
      {{768}, "Stable Diffusion 1.x"}, {{1024}, "Stable Diffusion 2.x"}, {{768, 1280}, "Stable Diffusion XL"}};
  for (const auto& [theirs, name] : known) {
    if (theirs == widths) return name;
  }
  std::string numbers;
  for (const auto width : widths) numbers += (numbers.empty() ? "" : " and ") + std::to_string(width);
  return "a model with text of width " + numbers;
}

}  // namespace likeness
