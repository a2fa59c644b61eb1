#include "core/engine/tokenizer_cache.h"

#include "core/engine/base_model.h"

namespace likeness {

Result<std::shared_ptr<const ClipTokenizer>> TokenizerCache::tokenizerOf(const std::filesystem::path& model) {
  const std::lock_guard lock(m_mutex);
  if (!m_tokenizer || m_model != model) {
    LK_TRY(auto tokenizer, checkModel(model));
    m_tokenizer = std::make_shared<const ClipTokenizer>(std::move(tokenizer));
    m_model = model;
  }
  return m_tokenizer;
}

}  // namespace likeness
