#include "core/model/clip_text_model.h"

#include "core/tensor/recompute.h"
#include "core/tensor/check.h"

namespace likeness {

namespace {

/// A module that only gives its children's names a prefix.
class ClipEmbeddingsImpl : public torch::nn::Module {
 public:
  ClipEmbeddingsImpl(const Embedding& token, const Embedding& position) {
    register_module("token_embedding", token);
    register_module("position_embedding", position);
  }
};

ClipLayerShape layerShape(const ClipTextConfig& config) {
  return {config.hiddenSize, config.intermediateSize, config.attentionHeads, config.layerNormEps, config.quickGelu,
          /*causal=*/true};
}

}  // namespace

ClipTextModelImpl::ClipTextModelImpl(ClipTextConfig config)
    : m_config(std::move(config)),
      m_tokenEmbedding(m_config.vocabSize, m_config.hiddenSize),
      m_positionEmbedding(m_config.maxPositions, m_config.hiddenSize),
      m_finalNorm(m_config.hiddenSize, m_config.layerNormEps) {
  register_module("embeddings", std::make_shared<ClipEmbeddingsImpl>(m_tokenEmbedding, m_positionEmbedding));
  m_encoder = register_module("encoder", ClipEncoder(layerShape(m_config), m_config.hiddenLayers));
  register_module("final_layer_norm", m_finalNorm);
  if (m_config.projectionSize) {
    m_projection = register_module("text_projection", Linear(m_config.hiddenSize, *m_config.projectionSize, false));
  }
}

torch::Tensor ClipTextModelImpl::endPositions(const torch::Tensor& ids) const {
  constexpr std::int64_t kLegacyEosTokenId = 2;
  if (m_config.eosTokenId == kLegacyEosTokenId) return ids.argmax(-1);
  return (ids == m_config.eosTokenId).to(torch::kInt32).argmax(-1);
}

torch::Tensor ClipTextModelImpl::embed(const torch::Tensor& ids, const ClipTextOptions& options) const {
  torch::Tensor tokens;
  if (options.newRows.defined()) {
    checkShape(options.newRows, {-1, m_config.hiddenSize}, "the vectors of new words");
    const auto known = m_tokenEmbedding->forward(ids.clamp_min(0));
    const auto rows = options.newRows.index_select(0, (-1 - ids).clamp_min(0).flatten()).view_as(known);
    tokens = at::where(ids.lt(0).unsqueeze(-1), rows.to(known.scalar_type()), known);
  } else {
    tokens = m_tokenEmbedding->forward(ids);
  }
  for (const auto& [row, position, vectors] : options.placed) {
    checkShape(vectors, {-1, m_config.hiddenSize}, "the vectors of an embedding");
    tokens.select(0, row).narrow(0, position, vectors.size(0)).copy_(vectors);
  }
  return tokens + m_positionEmbedding->weight.narrow(0, 0, ids.size(1));
}

ClipTextOutput ClipTextModelImpl::forward(const torch::Tensor& ids, const ClipTextOptions& options) {
  checkShape(ids, {-1, -1}, "the prompts' token ids");
  TORCH_CHECK(ids.size(1) <= m_config.maxPositions, "a prompt of ", ids.size(1), " tokens exceeds the text encoder's ",
              m_config.maxPositions);
  const std::int64_t wanted = m_config.hiddenLayers - options.skippedLayers;
  TORCH_CHECK(wanted >= 0 && wanted <= m_config.hiddenLayers, "a text encoder of ", m_config.hiddenLayers,
              " layers can't leave out ", options.skippedLayers);
  ClipTextOutput output;
  torch::Tensor x = embed(ids, options);
  for (std::int64_t done = 0; done < m_config.hiddenLayers; ++done) {
    if (done == wanted) output.skippedHiddenState = x;
    output.penultimateHiddenState = x;
    const auto layer = m_encoder->layers()[static_cast<std::size_t>(done)];
    x = runPart(m_recompute, [layer](const std::vector<torch::Tensor>& in) { return layer->forward(in[0]); }, {x});
  }
  if (wanted == m_config.hiddenLayers) output.skippedHiddenState = x;
  output.lastHiddenState = m_finalNorm->forward(x);
  const torch::Tensor rows = torch::arange(ids.size(0), ids.options());
  output.pooled = output.lastHiddenState.index({rows, endPositions(ids)});
  if (m_projection) output.projected = m_projection->forward(output.pooled);
  return output;
}

}  // namespace likeness
