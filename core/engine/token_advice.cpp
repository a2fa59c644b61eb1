#include "core/engine/token_advice.h"

#include "core/text/prompt.h"

namespace likeness {

std::string tokenAdvice(TokenizerCache& tokenizers, const std::filesystem::path& model, const std::string& token) {
  const auto tokenizer = tokenizers.tokenizerOf(model);
  if (!tokenizer.ok()) return {};
  const auto advice = checkIdentifierToken(**tokenizer, token);
  return advice.ok() ? *advice : std::string();
}

}  // namespace likeness
