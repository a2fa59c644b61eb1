#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/api/train_config.h"
#include "core/base/json.h"
#include "core/base/result.h"

namespace likeness {

/// So many steps with pictures of one size.
struct PretrainPhase {
  std::int64_t size = 128;  ///< px of the square, a multiple of what the model halves
  std::int64_t steps = 1000;
  std::int64_t batch = 16;
};

/// What both stages are told.
struct PretrainStage {
  std::vector<PretrainPhase> phases;
  double learningRate = 1e-3;
  std::int64_t warmup = 100;                  ///< steps, linear from 0
  LrScheduleKind decay = LrScheduleKind::Cosine;
  double power = 1;                           ///< of Polynomial
  double ema = 0.9985;                        ///< decay of the weights' average, which is what is kept; 0: none
  double weightDecay = 1e-2;                  ///< not of token embeddings
  double beta1 = 0.9, beta2 = 0.99;
  double maxGradNorm = 1;
  Precision precision = Precision::Auto;

  [[nodiscard]] std::int64_t steps() const;
  [[nodiscard]] bool usesBf16() const;  ///< on this machine
  [[nodiscard]] const PretrainPhase& phaseAt(std::int64_t step) const;
  /// How many samples the steps before `step` had together.
  [[nodiscard]] std::int64_t samplesBefore(std::int64_t step) const;
};

/// The VAE's; see vae_loss.h for the weights.
struct VaeStage : PretrainStage {
  double klWeight = 2e-4;
  double squaredWeight = 0.5;
  double pyramidWeight = 0.6;
  std::int64_t pyramidLevels = 3;
  double extraShare = 0.4;  ///< of samples that are crops of the extra pictures, where there are any
};

/// The text encoder's and the UNet's.
struct UNetStage : PretrainStage {
  double captionDropout = 0.1;
  double snrGamma = 5;  ///< γ of min-SNR; 0: off
};

/// What `likeness-cli pretrain` is told, from a YAML file. Paths are absolute. The defaults are how the embedded base
/// was made, but for the steps, which come from the file.
struct PretrainConfig {
  std::filesystem::path file;
  std::filesystem::path pictures;     ///< pictures with captions, see captioned_pictures.h
  std::filesystem::path vaePictures;  ///< further ones for the VAE; empty: none
  std::filesystem::path output;
  std::filesystem::path tokenizer;
  std::filesystem::path configs;      ///< a folder in diffusers layout whose configs are taken; empty: the defaults
  Json vae = Json::object(), unet = Json::object(), textEncoder = Json::object();  ///< keys over these configs
  std::uint64_t seed = 0;
  WeightDtype weights = WeightDtype::Fp32;  ///< of the model that is written
  VaeStage vaeStage;
  UNetStage unetStage;
  std::int64_t checkpointEvery = 500;
  std::int64_t keepCheckpoints = 2;
  std::int64_t sampleEvery = 1000;  ///< 0: never
  std::vector<std::string> samplePrompts;

  [[nodiscard]] std::int64_t steps() const { return vaeStage.steps() + unetStage.steps(); }
};

inline constexpr int kPretrainVersion = 1;

/// Reads and checks the file; relative paths are from its folder. Nothing else is read or written.
/// Errors: InvalidArgument for an unknown key or a bad value, naming file and key; NewerVersion; those of YAML.
[[nodiscard]] Result<PretrainConfig> readPretrainConfig(const std::filesystem::path& file);
[[nodiscard]] Result<PretrainConfig> parsePretrainConfig(const std::string& text, const std::filesystem::path& file);

/// What decides about the weights, which must stay the same when a run goes on.
[[nodiscard]] Json meaningOf(const PretrainConfig& config);

}  // namespace likeness
