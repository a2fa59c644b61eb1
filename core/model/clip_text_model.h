#pragma once
#include <filesystem>
#include <optional>

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/model/clip_layers.h"

namespace likeness {

/// The shape of a CLIP text encoder, from the `config.json` of transformers' CLIPTextModel.
struct ClipTextConfig {
  std::int64_t vocabSize = 49408;
  std::int64_t hiddenSize = 512;
  std::int64_t intermediateSize = 2048;
  std::int64_t hiddenLayers = 12;
  std::int64_t attentionHeads = 8;
  std::int64_t maxPositions = 77;
  /// 2 is what configs said before transformers 4.31, wrongly: the end token is then the highest id of a row.
  std::int64_t eosTokenId = 49407;
  double layerNormEps = 1e-5;
  bool quickGelu = true;                       ///< x·σ(1.702 x) instead of the exact GELU
  std::optional<std::int64_t> projectionSize;  ///< width of text_projection; none without a projection

  /// Reads and checks the numbers; `file` is named in errors (Corrupt, Unsupported), nothing is read from it.
  [[nodiscard]] static Result<ClipTextConfig> fromJson(const Json& json, const std::filesystem::path& file);
};

/// Vectors that stand where a row has placeholder ids: a textual inversion in a prompt.
struct PlacedVectors {
  std::int64_t row = 0;
  std::int64_t position = 0;  ///< of the first vector, counted from the row's start token
  torch::Tensor vectors;      ///< [k, D], in place of k token embeddings; any floating-point dtype, any device
};

/// What forward() is asked for beyond the ids.
struct ClipTextOptions {
  std::int64_t skippedLayers = 0;  ///< how many of the last layers skippedHiddenState leaves out, 0 … hiddenLayers
  std::vector<PlacedVectors> placed = {};
  /// [K, D]: what ids below 0 stand for, −1 for its first row, −2 for its second. Gradients reach it.
  torch::Tensor newRows = {};
};

/// What the text encoder says about B prompts of L tokens; D is hiddenSize.
struct ClipTextOutput {
  torch::Tensor lastHiddenState;         ///< [B, L, D], after the final layer norm
  torch::Tensor penultimateHiddenState;  ///< [B, L, D], the last layer's input, not normalised
  torch::Tensor skippedHiddenState;      ///< [B, L, D], without the last skippedLayers layers, not normalised
  torch::Tensor pooled;                  ///< [B, D], lastHiddenState at the first end token
  torch::Tensor projected;               ///< [B, projectionSize], text_projection of pooled; undefined without one
};

/// CLIP's causal text transformer. Parameter names are those of transformers ≥ 5.6: without the prefix `text_model.`.
/// Source: Radford et al. 2021 (arXiv:2103.00020).
class ClipTextModelImpl : public torch::nn::Module {
 public:
  explicit ClipTextModelImpl(ClipTextConfig config);

  /// Encodes prompts. Shapes: ids [B, L], L ≤ maxPositions. Dtype: ids int64, outputs the parameters' (under autocast
  /// its own). Device: the parameters'. Errors: c10::Error for a wrong shape, an id or a position out of range.
  ClipTextOutput forward(const torch::Tensor& ids, const ClipTextOptions& options = {});

  /// The final layer norm of a hidden state [B, L, D], which a skippedHiddenState has not gone through.
  [[nodiscard]] torch::Tensor normalized(const torch::Tensor& hidden) const { return m_finalNorm->forward(hidden); }

  [[nodiscard]] const ClipTextConfig& config() const { return m_config; }
  /// Gradient checkpointing, layer by layer; see runPart().
  void setRecompute(bool recompute) { m_recompute = recompute; }

 private:
  [[nodiscard]] torch::Tensor embed(const torch::Tensor& ids, const ClipTextOptions& options) const;
  [[nodiscard]] torch::Tensor endPositions(const torch::Tensor& ids) const;

  ClipTextConfig m_config;
  bool m_recompute = false;
  Embedding m_tokenEmbedding, m_positionEmbedding;
  ClipEncoder m_encoder{nullptr};
  LayerNorm m_finalNorm;
  Linear m_projection{nullptr};
};
TORCH_MODULE(ClipTextModel);

}  // namespace likeness
