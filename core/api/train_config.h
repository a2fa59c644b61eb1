#pragma once
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace likeness {

enum class LrScheduleKind { Constant, Linear, Cosine, CosineRestarts, Polynomial, Rex };
enum class LossKind { Mse, Huber, SmoothL1 };
enum class HuberSchedule { Constant, Exponential, Snr };
enum class TimestepSampling { Uniform, LogitNormal, Stratified };
enum class OptimizerKind { AdamW, AdamW8bit, Sgd, Lion, Adafactor, Prodigy };
enum class Precision { Fp32, Bf16, Auto, Fp16 };
enum class WeightDtype { Fp32, Bf16, Fp16 };

enum class TrainMethod { Full, Lora, TextualInversion };
enum class TrainBlocks { All, Attention, CrossAttention, Up };
enum class LoraTargets { Attention, AttentionFeedForward, Linear };
enum class LoraScaling { Standard, RankStabilised };
enum class CaptionMode { Prompt, Files };
enum class ValidateOn { Photos, Crops, HeldOut };

/// Everything that a DreamBooth run can be told, under the names of `project.yaml`, `--config` and `--set` (see
/// options.h). Defaults suit the embedded base of 13 M parameters, tried on the demo subject: 1e-4 (the paper has 5e-6
/// for Stable Diffusion) showed nothing after 277 steps; 4e-4 for both parts learnt it in 800 and lost the scenes; a text
/// encoder slower than the UNet, under a cosine, kept both.
struct TrainConfig {
  std::int64_t steps = 1000;                      ///< optimizer steps
  std::uint64_t seed = 0;                         ///< order, timesteps, noise and flips are functions of it
  double learningRate = 5e-4;                     ///< UNet
  double textEncoderLearningRate = 2e-4;          ///< 0 leaves the text encoder frozen
  std::int64_t textEncoderStopStep = 0;           ///< the text encoder learns until this step; 0 means to the end
  LrScheduleKind lrSchedule = LrScheduleKind::Cosine;
  std::int64_t lrWarmupSteps = 0;                 ///< linear from 0
  std::int64_t batchSize = 2;                     ///< instance photos a micro-batch; as many priors join them
  std::int64_t gradientAccumulation = 1;          ///< micro-batches a step
  double maxGradNorm = 1.0;                       ///< over all trained parameters; 0 switches clipping off
  double weightDecay = 1e-2;
  double priorWeight = 1.0;                       ///< λ; 0 trains without prior preservation
  std::int64_t priorCount = 48;                   ///< class images wanted
  Precision precision = Precision::Auto;          ///< autocast; weights and tables stay fp32. Auto: as the device is fast
  std::int64_t resolution = 0;                    ///< pixels of the square; 0 means the model's own
  bool flip = true;                               ///< mirror half of the draws
  std::int64_t checkpointEvery = 100;             ///< steps; 0 only at the end
  std::int64_t keepCheckpoints = 3;               ///< newest kept beside the best and the last
  std::int64_t validateEvery = 50;                ///< steps; 0 never
  std::int64_t previewEvery = 100;                ///< steps; 0 never

  // How it learns. The defaults are the plain method; where they have numbers of their own, these are sd-scripts'
  // (huber_c, pyramid discount), diffusers' (EMA) or the paper's (Prodigy).
  LossKind loss = LossKind::Mse;
  HuberSchedule huberSchedule = HuberSchedule::Snr;
  double huberC = 0.1;                            ///< δ of the Huber losses at the strongest noise
  double snrGamma = 0;                            ///< γ of min-SNR; 0 is off
  bool debiasedEstimation = false;
  double noiseOffset = 0;                         ///< deviation of the shift of each channel
  std::int64_t pyramidNoiseLevels = 0;            ///< 0 is off
  double pyramidNoiseDiscount = 0.3;
  double inputPerturbation = 0;                   ///< γ of the noise that isn't predicted; 0 is off
  TimestepSampling timestepSampling = TimestepSampling::Uniform;
  std::int64_t timestepMin = 0, timestepMax = 0;  ///< min ≤ t < max; max 0 means the model's T
  double timestepLogitMean = 0, timestepLogitStd = 1;
  double captionDropout = 0;                      ///< share of draws under the empty prompt
  double lrCycles = 1, lrPower = 1;               ///< of cosine-restarts, of polynomial
  OptimizerKind optimizer = OptimizerKind::AdamW;
  double beta1 = 0.9, beta2 = 0;                  ///< beta2 0 means the optimizer's own
  bool adafactorRelativeStep = false;
  double prodigyDCoef = 1;
  bool prodigyBiasCorrection = false, prodigySafeguardWarmup = false;
  double emaDecay = 0;                            ///< 0 is off
  bool emaWarmup = false;
  double emaInvGamma = 1, emaPower = 2.0 / 3;
  bool gradientCheckpointing = false;
  std::vector<std::string> previewPrompts = {};   ///< empty: one made of token and class

  // What learns. The LoRA's defaults: attention only and α = rank as diffusers' train_dreambooth_lora.py, rank 16 as
  // OneTrainer (diffusers has 4), no dropout and no convolutions as both; the rest is off.
  TrainMethod method = TrainMethod::Full;
  TrainBlocks trainBlocks = TrainBlocks::All;           ///< full: the part of the UNet that learns
  std::int64_t loraRank = 16;                           ///< r; Hu et al. 2021 (arXiv:2106.09685)
  double loraAlpha = 0;                                 ///< α; 0 means the rank, as in sd-scripts
  LoraScaling loraScaling = LoraScaling::Standard;      ///< α/r, or α/√r: Kalajdzievski 2023 (arXiv:2312.03732)
  double loraDropout = 0;                               ///< share of a LoRA's input that it doesn't see, as in PEFT
  LoraTargets loraTargets = LoraTargets::Attention;
  std::int64_t loraConvRank = 0;                        ///< of the UNet's larger convolutions; 0 leaves them out
  double loraConvAlpha = 0;                             ///< 0 means their rank
  bool loraDora = false;                                ///< Liu et al. 2024 (arXiv:2402.09353)
  double loraPlusRatio = 1;                             ///< rate of up over that of down: Hayou et al. 2024
                                                        ///< (arXiv:2402.12354), which recommends 16

  // In what numbers the weights lie, when it ends by itself, and what differs from block to block of the UNet.
  WeightDtype frozenDtype = WeightDtype::Fp32;          ///< of weights that don't learn, see core/train/narrow_weights.h
  WeightDtype weightsDtype = WeightDtype::Fp32;         ///< of whole weights that learn: Fp32 or Bf16
  std::int64_t earlyStop = 0;                           ///< validations without a better one; 0 is off
  std::map<std::string, double> loraBlockRanks = {};    ///< in place of loraRank; see core/api/block_values.h
  std::map<std::string, double> blockLearningRates = {};  ///< times learningRate

  // A new word's vectors: what textual-inversion learns, and a LoRA beside it. The decay is that of diffusers'
  // textual_inversion.py, the rate that of the authors' code (5e-3); see core/train/token_vectors.h.
  std::int64_t tokenVectors = 0;                        ///< 0: one with textual-inversion, none beside a LoRA
  std::string tokenInit = {};                           ///< words whose vectors they start from; empty: the class noun
  double tokenLearningRate = 5e-3;
  double tokenWeightDecay = 1e-2;
  bool tokenRetract = false;                            ///< pulls them towards the spread of the vocabulary's vectors

  // What each picture is called, and what keeps the class without pictures of it. Off, as in diffusers.
  CaptionMode captionMode = CaptionMode::Prompt;        ///< the subject's prompt, or the photo's own text file
  bool captionShuffle = false;                          ///< a caption's tags in another order at each draw
  std::int64_t captionKeepTokens = 0;                   ///< the first so many stay where they are
  bool priorPrediction = false;                         ///< LoRA: the base's own prediction in place of class images

  // Which looks of each photo are learnt: see core/data/photo_looks.h. Off, as in diffusers.
  bool aspectBuckets = false;                           ///< photos keep their shape in place of a square
  std::vector<std::int64_t> moreResolutions = {};       ///< px, beside `resolution`
  double cropJitter = 0;                                ///< share of a crop's sides that a look may leave out
  double colourJitter = 0;                              ///< by how much brightness, contrast, saturation may change
  std::int64_t jitterLooks = 4;                         ///< looks of each photo where one of these is on

  /// What the validation loss is of: the photos that are learnt, cuts of them that aren't, or photos kept back for it.
  ValidateOn validateOn = ValidateOn::Photos;

  // Which parts of a photo count: those that its mask shows. The weight outside is OneTrainer's.
  bool maskedLoss = false;
  double unmaskedWeight = 0.1;                          ///< what counts outside of a mask
  bool maskNormalize = false;                           ///< small parts count as much as large ones

  // How alike previews and photos are said to be, and what waits outside memory.
  bool previewScores = true;                            ///< see core/train/likeness_scores.h
  std::string scoreModel = {};                          ///< a CLIP or DINO beside the model's own features; empty: none
  bool offload = true;                                  ///< parts that aren't in use leave memory; changes no number

  bool operator==(const TrainConfig&) const = default;
};

}  // namespace likeness
