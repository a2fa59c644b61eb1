#include "core/train/text_conditions.h"

#include "core/text/prompt.h"

namespace likeness {
namespace {

EncodedPrompts rowsOf(const EncodedPrompts& prompts, const torch::Tensor& which) {
  return {prompts.hidden.index_select(0, which),
          prompts.pooled.defined() ? prompts.pooled.index_select(0, which) : torch::Tensor()};
}

}  // namespace

TextConditions::TextConditions(const StableDiffusion& model, const std::vector<std::string>& prompts)
    : m_encoders(model.textEncoders()), m_words(model.embeddings) {
  for (const auto& encoder : m_encoders) {
    const auto ids = tokenizePrompts(encoder.tokenizer, prompts, m_words);
    m_ids.push_back(ids.to(encoder.model->parameters().front().device()));
  }
}

ClipTextOptions TextConditions::newWords(std::size_t encoder) const {
  std::vector<torch::Tensor> rows;
  for (const auto& word : m_words) rows.push_back(word.vectors.at(encoder));
  ClipTextOptions options;
  if (!rows.empty()) options.newRows = rows.size() == 1 ? rows.front() : at::cat(rows);
  return options;
}

EncodedPrompts TextConditions::encode() {
  const auto output = [this](std::size_t i) { return m_encoders[i].model->forward(m_ids[i], newWords(i)); };
  if (m_encoders.size() == 1) return {output(0).lastHiddenState, {}};
  const auto first = output(0), second = output(1);
  return {at::cat({first.penultimateHiddenState, second.penultimateHiddenState}, -1), second.projected};
}

EncodedPrompts TextConditions::rows(const torch::Tensor& which, bool learning) {
  if (learning) return rowsOf(encode(), which);
  if (!m_frozen.hidden.defined()) {
    const torch::NoGradGuard noGrad;
    m_frozen = encode();
  }
  return rowsOf(m_frozen, which);
}

}  // namespace likeness
