#include "core/train/text_conditions.h"

#include "core/text/prompt.h"

namespace likeness {

TextConditions::TextConditions(const StableDiffusion& model, const std::vector<std::string>& prompts)
    : m_encoder(model.textEncoder),
      m_ids(tokenizePrompts(model.tokenizer, prompts).to(model.textEncoder->parameters().front().device())) {}

torch::Tensor TextConditions::rows(const torch::Tensor& which, bool learning) {
  if (learning) return m_encoder->forward(m_ids).lastHiddenState.index_select(0, which);
  if (!m_frozen.defined()) {
    const torch::NoGradGuard noGrad;
    m_frozen = m_encoder->forward(m_ids).lastHiddenState;
  }
  return m_frozen.index_select(0, which);
}

}  // namespace likeness
