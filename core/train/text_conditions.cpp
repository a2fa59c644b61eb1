#include "core/train/text_conditions.h"

#include <algorithm>
#include <span>

#include "core/base/hash.h"
#include "core/data/tensor_cache.h"
#include "core/model/memory_layout.h"
#include "core/text/prompt.h"

namespace likeness {
namespace {

constexpr std::int64_t kAtOnce = 16;  // prompts; captions may be many
constexpr const char *kHidden = "hidden", *kPooled = "pooled";

EncodedPrompts rowsOfPrompts(const EncodedPrompts& prompts, const torch::Tensor& which) {
  return {prompts.hidden.index_select(0, which),
          prompts.pooled.defined() ? prompts.pooled.index_select(0, which) : torch::Tensor()};
}

torch::Tensor withParts(const torch::Tensor& ids, const ClipTokenizer& tokenizer,
                        const std::vector<std::string>& parts) {
  std::vector<std::int64_t> whole;
  for (const auto& part : parts) {
    const auto tokens = tokenizer.encode(part);
    whole.insert(whole.end(), tokens.begin(), tokens.end());
  }
  return at::cat({ids.flatten(), torch::tensor(whole, torch::kInt64).to(ids.device())});
}

}  // namespace

TextConditions::TextConditions(const StableDiffusion& model, const std::vector<std::string>& prompts, PromptUse use,
                               const std::vector<std::string>& parts)
    : m_encoders(model.textEncoders()), m_prompts(prompts), m_use(use), m_words(model.embeddings) {
  m_ids = m_readIds = tokenized(prompts);
  if (parts.empty()) return;
  for (std::size_t i = 0; i < m_ids.size(); ++i) m_readIds[i] = withParts(m_ids[i], m_encoders[i].tokenizer, parts);
}

std::vector<torch::Tensor> TextConditions::tokenized(const std::vector<std::string>& prompts) const {
  std::vector<torch::Tensor> ids;
  for (const auto& encoder : m_encoders) {
    ids.push_back(tokenizePrompts(encoder.tokenizer, prompts, m_words).to(encoder.model->parameters().front().device()));
  }
  return ids;
}

ClipTextOptions TextConditions::newWords(std::size_t encoder) const {
  std::vector<torch::Tensor> rows;
  for (const auto& word : m_words) rows.push_back(word.vectors.at(encoder));
  ClipTextOptions options;
  if (!rows.empty()) options.newRows = rows.size() == 1 ? rows.front() : at::cat(rows);
  return options;
}

EncodedPrompts TextConditions::encode(const std::vector<torch::Tensor>& ids) {
  const auto output = [&](std::size_t i) { return m_encoders[i].model->forward(ids[i], newWords(i)); };
  if (m_encoders.size() == 1) return {output(0).lastHiddenState, {}};
  const auto first = output(0), second = output(1);
  return {at::cat({first.penultimateHiddenState, second.penultimateHiddenState}, -1), second.projected};
}

EncodedPrompts TextConditions::encodeInParts() {
  const auto count = m_ids.front().size(0);
  if (count <= kAtOnce) return encode(m_ids);
  std::vector<torch::Tensor> hidden, pooled;
  for (std::int64_t first = 0; first < count; first += kAtOnce) {
    std::vector<torch::Tensor> part;
    for (const auto& ids : m_ids) part.push_back(ids.slice(0, first, std::min(first + kAtOnce, count)));
    const auto encoded = encode(part);
    hidden.push_back(encoded.hidden);
    if (encoded.pooled.defined()) pooled.push_back(encoded.pooled);
  }
  return {at::cat(hidden), pooled.empty() ? torch::Tensor() : at::cat(pooled)};
}

void TextConditions::keepIn(const std::filesystem::path& folder, std::string identity) {
  TORCH_CHECK(m_words.empty(), "what new words say is not in the model's files");
  m_folder = folder;
  m_identity = std::move(identity);
}

// All that the answer depends on: the model, how it is computed, what it lies in, and the token ids.
std::string TextConditions::cacheKey() const {
  Sha256 hash;
  const auto device = m_ids.front().device().type();
  const auto weight = m_encoders.front().model->parameters().back();
  const auto narrow = at::autocast::is_autocast_enabled(device) ? at::autocast::get_autocast_dtype(device)
                                                                : weight.scalar_type();
  hash.add("text 1\n" + m_identity + "\n" + c10::toString(narrow) + " " + c10::toString(weight.scalar_type()) + "\n");
  for (const auto& ids : m_ids) {
    const auto own = ids.cpu().contiguous();
    hash.add(std::to_string(own.size(0)) + "x" + std::to_string(own.size(1)) + "\n");
    hash.add(std::as_bytes(std::span(own.const_data_ptr<std::int64_t>(), static_cast<std::size_t>(own.numel()))));
  }
  return hash.hex();
}

EncodedPrompts TextConditions::encodeOnce() {
  const torch::NoGradGuard noGrad;
  if (m_folder.empty() || m_identity.empty()) return encodeInParts();
  TensorCache cache(m_folder);
  const auto key = cacheKey();
  const auto pooled = m_encoders.size() > 1;
  const auto known = cache.find(key, [&](const SafetensorsFile& file) {
    return file.has(kHidden) && file.tensors().at(kHidden).shape.size() == 3 && file.has(kPooled) == pooled &&
           file.tensors().at(kHidden).shape[0] == m_ids.front().size(0);
  });
  EncodedPrompts answer;
  if (known) {
    for (const auto& [name, tensor] : *known) (name == kHidden ? answer.hidden : answer.pooled) = tensor.to(m_ids.front().device());
    return answer;
  }
  answer = encodeInParts();
  NamedTensors kept{{kHidden, answer.hidden}};
  if (pooled) kept.emplace_back(kPooled, answer.pooled);
  cache.store(key, kept);
  return answer;
}

std::int64_t TextConditions::encodedAtOnce(const torch::Tensor& which) const {
  return m_use == PromptUse::All ? m_ids.front().size(0) : std::get<0>(at::_unique2(which)).size(0);
}

EncodedPrompts TextConditions::rows(const torch::Tensor& which, bool learning) {
  if (learning && m_use == PromptUse::All) return rowsOfPrompts(encode(m_ids), which);
  if (learning) {
    const auto [used, places, counts] = at::_unique2(which, /*sorted=*/true, /*return_inverse=*/true);
    std::vector<torch::Tensor> ids;
    for (const auto& all : m_ids) ids.push_back(all.index_select(0, used));
    return rowsOf(ids, places, true);
  }
  if (!m_frozen.hidden.defined()) {
    m_frozen = encodeOnce();
    // Nothing reads them now until the next preview, which finds them in their file again.
    for (const auto& encoder : m_encoders) releaseWeights(*encoder.model);
  }
  return rowsOfPrompts(m_frozen, which);
}

EncodedPrompts TextConditions::rowsOf(const std::vector<torch::Tensor>& ids, const torch::Tensor& which,
                                      bool learning) {
  const torch::AutoGradMode gradients(learning && torch::GradMode::is_enabled());
  return rowsOfPrompts(encode(ids), which);
}

}  // namespace likeness
