#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace likeness {

enum class WhichWeights { Base, Best, Last, Step };

/// A LoRA file that somebody chose, and how strongly it is applied: 1 is as trained, 0 not at all, negative the reverse.
struct LoraChoice {
  std::filesystem::path path;
  double weight = 1.0;

  bool operator==(const LoraChoice&) const = default;
};

enum class PictureFormat { Png, Jpeg, WebP };

/// One axis of a grid: the name of a setting (see sample_options.h), `lora_weight`, or `replace`, which puts each value
/// in place of the first one in both prompts.
struct GridAxis {
  std::string setting;
  std::vector<std::string> values;

  bool operator==(const GridAxis&) const = default;
};

/// Pictures that were computed together have the last bit of rounding in common: to make one of them again exactly,
/// they all are computed again, and only the wanted one is kept.
struct SampleBatch {
  std::uint64_t seed = 0;  ///< of the first; the others' count up from it
  int count = 1;

  bool operator==(const SampleBatch&) const = default;
};

/// Settings by name (see sample_options.h) in the order in which they count; of one that is a list, each is an item.
using SettingList = std::vector<std::pair<std::string, std::string>>;

/// Makes pictures.
struct Sample {
  std::filesystem::path project;  ///< either a project …
  std::filesystem::path model;    ///< … or a model
  WhichWeights weights = WhichWeights::Best;
  std::int64_t checkpointStep = 0;       ///< with WhichWeights::Step
  std::filesystem::path checkpoint;      ///< with WhichWeights::Step: its folder, when that is known
  std::vector<LoraChoice> loras;
  std::vector<std::filesystem::path> embeddings;  ///< textual inversions, named in prompts by their file's stem
  std::filesystem::path vae;             ///< in place of the model's own

  /// `[V]` or `[V1]` stands for the project's token, `[V2]` for its second subject's; `<lora:NAME:WEIGHT>` for a LoRA
  std::string prompt;
  std::string negative;
  int clipSkip = 1;  ///< which of the text encoder's layers counts, from the end: 1 the last
  std::string sampler = "ddim";
  std::string schedule = "model";
  int steps = 25;
  double guidance = 4.0;
  double guidanceRescale = 0.0;
  double eta = 0.0;  ///< DDIM only
  std::uint64_t seed = 0;     ///< picture k has seed + k
  int count = 1;
  int width = 0;  ///< pixels; 0: the model's own, or those of `from`
  int height = 0;
  std::string dtype = "fp32";  ///< "fp32", "bf16" or "fp16"

  std::filesystem::path from;  ///< a picture to start from
  double strength = 0.75;      ///< with `from`: how much of it is made anew
  std::filesystem::path mask;  ///< with `from`: white where it is made anew
  double maskBlur = 4.0;       ///< pixels over which the mask fades; 0: its edge as it is
  double hiresScale = 1.0;     ///< over 1: made small first, then refined at this multiple of the size
  int hiresSteps = 0;          ///< 0: as many as `steps`
  double hiresStrength = 0.6;
  std::string hiresUpscale = "latent";  ///< or "lanczos": what is enlarged between, latents or pixels
  std::string vaeTiles = "auto";        ///< or "always", "never": large pictures go through the VAE in pieces

  std::filesystem::path initNoise;    ///< safetensors with `latents` [N,C,h,w] fp32, in place of seeded noise
  std::filesystem::path saveLatents;  ///< where to write the final latents
  std::filesystem::path out;          ///< folder; empty: the project's `pictures/`
  PictureFormat format = PictureFormat::Png;
  int quality = 95;  ///< of JPEG and WebP, 1 … 100
  bool compareWithBase = false;  ///< also makes each picture with the base's weights, same seed
  std::vector<GridAxis> grid;    ///< one or two axes: columns, then rows; one picture a cell and a sheet of all
  std::optional<SampleBatch> batch;  ///< with count 1

  std::filesystem::path recipe;  ///< a picture whose recipe comes before everything above
  SettingList settings;          ///< over the recipe's and everything above
};

}  // namespace likeness
