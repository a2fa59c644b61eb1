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
    : m_encoders(model.textEncoders()) {
  for (const auto& encoder : m_encoders) {
    m_ids.push_back(tokenizePrompts(encoder.tokenizer, prompts).to(encoder.model->parameters().front().device()));
  }
}

EncodedPrompts TextConditions::encode() {
  if (m_encoders.size() == 1) return {m_encoders.front().model->forward(m_ids.front()).lastHiddenState, {}};
  const auto first = m_encoders[0].model->forward(m_ids[0]), second = m_encoders[1].model->forward(m_ids[1]);
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
