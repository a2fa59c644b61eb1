#pragma once
#include <filesystem>
#include <optional>
#include <vector>

#include "core/base/json.h"
#include "core/base/result.h"
#include "core/model/layers.h"

namespace likeness {

/// The shape of one level of the UNet, the finest first; the same numbers serve its down and its up block.
struct UNetLevelConfig {
  std::int64_t channels = 320;
  std::int64_t layers = 2;             ///< resnets of the down block; the up block has one more
  std::int64_t attentionHeads = 8;
  std::int64_t transformerLayers = 1;  ///< transformer blocks in each attention
  std::int64_t crossAttentionDim = 768;
  bool downAttention = true;           ///< CrossAttnDownBlock2D, not DownBlock2D
  bool upAttention = true;             ///< CrossAttnUpBlock2D, not UpBlock2D
};

/// SDXL's second condition: the pooled text and the sizes, added to the time embedding.
struct UNetAdditionConfig {
  std::int64_t timeEmbedDim = 256;  ///< sinusoids per number of time_ids
  std::int64_t inputDim = 2816;     ///< width of [text_embeds, embedded time_ids]
};

/// The shape of a UNet, from the `config.json` of diffusers' UNet2DConditionModel.
struct UNet2DConditionConfig {
  std::int64_t inChannels = 4;
  std::int64_t outChannels = 4;
  std::optional<std::int64_t> sampleSize;  ///< latents' height and width that it was trained at
  std::vector<UNetLevelConfig> levels;
  std::int64_t timeEmbedDim = 1280;
  std::int64_t normGroups = 32;
  double normEps = 1e-5;
  std::int64_t convInKernel = 3;
  std::int64_t convOutKernel = 3;
  std::int64_t downsamplePadding = 1;  ///< 0 pads (0, 1, 0, 1) instead
  bool useLinearProjection = false;
  bool upcastAttention = false;
  bool flipSinToCos = true;
  double freqShift = 0;
  bool centerInputSample = false;
  std::optional<UNetAdditionConfig> addition;  ///< addition_embed_type "text_time"

  [[nodiscard]] std::int64_t crossAttentionDim() const { return levels.front().crossAttentionDim; }
  /// Between the finest and the coarsest level. Latent sizes need not be multiples of it.
  [[nodiscard]] std::int64_t downsamplingFactor() const { return std::int64_t{1} << (levels.size() - 1); }

  /// Reads and checks the numbers; `file` is named in errors (Corrupt, Unsupported), nothing is read from it.
  [[nodiscard]] static Result<UNet2DConditionConfig> fromJson(const Json& json, const std::filesystem::path& file);
};

/// What an SDXL UNet needs besides the text's tokens.
struct AddedConditions {
  torch::Tensor textEmbeds;  ///< [B, P], the projected pooled text
  torch::Tensor timeIds;     ///< [B, 6], original height and width, crop top and left, target height and width
};

struct UNetPass;
class TimestepEmbeddingImpl;
class UNetDownBlockImpl;
class UNetMidBlockImpl;
class UNetUpBlockImpl;

/// The UNet that predicts noise (or v) in latents, conditioned on time and text. Parameters are named as in diffusers.
/// Sources: Rombach et al. 2022 (arXiv:2112.10752); SDXL: Podell et al. 2023 (arXiv:2307.01952).
class UNet2DConditionModelImpl : public torch::nn::Module {
 public:
  explicit UNet2DConditionModelImpl(UNet2DConditionConfig config);

  /// One prediction. Shapes: sample [B, C, h, w], timesteps [B] or a scalar, encoderHiddenStates [B, L, D]; result
  /// [B, outChannels, h, w]. Range: timesteps 0 … T−1, whole or not. Dtype: sample and encoderHiddenStates as the
  /// parameters (under autocast any floating point), timesteps any; the result as the parameters (or autocast's).
  /// Device: the parameters'. Errors: c10::Error for wrong shapes, or if `added` is missing where the config asks it.
  torch::Tensor forward(const torch::Tensor& sample, const torch::Tensor& timesteps,
                        const torch::Tensor& encoderHiddenStates, const AddedConditions* added = nullptr);

  /// What the mid block says, [B, D, h', w'] with the coarsest level's D, h' and w'; else as forward().
  torch::Tensor midFeatures(const torch::Tensor& sample, const torch::Tensor& timesteps,
                            const torch::Tensor& encoderHiddenStates, const AddedConditions* added = nullptr);

  [[nodiscard]] const UNet2DConditionConfig& config() const { return m_config; }
  /// Gradient checkpointing, layer by layer of each block; see runPart().
  void setRecompute(bool recompute) { m_recompute = recompute; }

 private:
  // The coarse half, up to and with the mid block.
  [[nodiscard]] torch::Tensor descend(const torch::Tensor& sample, const UNetPass& pass,
                                      std::vector<torch::Tensor>& skips) const;
  [[nodiscard]] UNetPass passFor(const torch::Tensor& sample, const torch::Tensor& timesteps,
                                 const torch::Tensor& encoderHiddenStates, const AddedConditions* added) const;
  [[nodiscard]] torch::Tensor embedConditions(const torch::Tensor& sample, const torch::Tensor& timesteps,
                                              const AddedConditions* added) const;

  UNet2DConditionConfig m_config;
  bool m_recompute = false;
  Conv2d m_convIn{nullptr}, m_convOut{nullptr};
  GroupNorm m_normOut{nullptr};
  std::shared_ptr<TimestepEmbeddingImpl> m_timeEmbedding, m_addEmbedding;
  std::vector<std::shared_ptr<UNetDownBlockImpl>> m_down;
  std::shared_ptr<UNetMidBlockImpl> m_mid;
  std::vector<std::shared_ptr<UNetUpBlockImpl>> m_up;
};
TORCH_MODULE(UNet2DConditionModel);

}  // namespace likeness
