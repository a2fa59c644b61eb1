#include "core/train/planner.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <optional>
#include <utility>

#include "core/base/log.h"
#include "core/tensor/memory.h"
#include "core/train/dreambooth_trainer.h"
#include "core/train/lora_adapters.h"
#include "core/train/narrow_weights.h"
#include "core/train/step_probe.h"
#include "core/train/token_vectors.h"

namespace likeness {
namespace {

constexpr std::uint64_t kFp32 = 4;
constexpr auto kUnlimited = std::numeric_limits<std::uint64_t>::max();
constexpr double kQuickStep = 8;  // seconds of processor that a step may take to be worth measuring, once two are
// More than any pass was seen to keep for a pixel: SDXL's in fp32 without gradient checkpointing about 25 kB.
constexpr double kMostPerPixel = 40e3;

std::int64_t countOf(const torch::nn::Module& module) {
  std::int64_t count = 0;
  for (const auto& parameter : module.parameters()) count += parameter.numel();
  return count;
}

// A straight line through (x1, y1) and (x2, y2), at x.
double onLine(double x1, double y1, double x2, double y2, double x) {
  return x2 > x1 ? y2 + (y2 - y1) / (x2 - x1) * (x - x2) : y2;
}

// Two passes that do the same on pictures of two sizes.
struct Measured {
  PassCost small, large;

  [[nodiscard]] double seconds(double pixels) const {
    return onLine(small.pixels, std::min(small.seconds, large.seconds), large.pixels, large.seconds, pixels);
  }
  // The most tensor memory at `pixels`: at each moment of the pass memory is a constant part, such as gradients, and
  // one that grows with the pixels, and where the peak lies depends on which is larger.
  [[nodiscard]] std::uint64_t peak(double pixels) const {
    double most = 0;
    if (small.bytes.size() == large.bytes.size()) {
      for (std::size_t i = 0; i < small.bytes.size(); ++i) {
        most = std::max(most, onLine(small.pixels, double(small.bytes[i]), large.pixels, double(large.bytes[i]), pixels));
      }
    } else {
      const auto peakOf = [](const PassCost& cost) { return double(*std::ranges::max_element(cost.bytes)); };
      most = onLine(small.pixels, peakOf(small), large.pixels, peakOf(large), pixels);
      LK_LOG_INFO("planned by peaks only: {} and {} moments", small.bytes.size(), large.bytes.size());
    }
    return static_cast<std::uint64_t>(std::max(0.0, most));
  }
};

// Bytes that the optimizer keeps for each number that learns, see docs/training.md.
double stateBytes(const TrainConfig& config) {
  switch (config.optimizer) {
    case OptimizerKind::AdamW:
      return 8;
    case OptimizerKind::AdamW8bit:
      return 2 + 2 * 4.0 / 256;
    case OptimizerKind::Lion:
    case OptimizerKind::Sgd:
      return 4;
    case OptimizerKind::Adafactor:
      return 0;
    case OptimizerKind::Prodigy:
      return 16;
  }
  return 8;
}

struct Numbers {
  std::int64_t all = 0, withGradient = 0;
  std::uint64_t gradientBytes = 0;
};

std::int64_t wordNumbers(const StableDiffusion& model, const TrainConfig& config) {
  std::int64_t width = 0;
  for (const auto& encoder : model.textEncoders()) width += encoder.model->config().hiddenSize;
  return tokenVectorCount(config) * width;
}

// What learns of the whole weights. Of a token embedding only the used rows have a gradient and moments.
Numbers trainedNumbers(const StableDiffusion& model, const TrainConfig& config) {
  if (config.method != TrainMethod::Full) {
    const auto loras = config.method == TrainMethod::Lora ? loraNumbers(model, config) : 0;
    const auto count = loras + wordNumbers(model, config);
    return {count, count, kFp32 * static_cast<std::uint64_t>(count)};
  }
  Numbers numbers;
  const auto add = [&](const std::string& name, const torch::Tensor& weight, bool gradient) {
    numbers.all += weight.numel();
    if (!gradient) return;
    numbers.withGradient += weight.numel();
    const auto each = c10::elementSize(gradientDtype(name, weight, config));
    numbers.gradientBytes += each * static_cast<std::uint64_t>(weight.numel());
  };
  for (const auto& entry : model.unet->named_parameters()) {
    if (learns(entry.key(), config)) add(entry.key(), entry.value(), true);
  }
  for (const auto& encoder : model.textEncoders()) {
    if (config.textEncoderLearningRate == 0) break;
    for (const auto& entry : encoder.model->named_parameters()) {
      add(entry.key(), entry.value(), !entry.key().ends_with("token_embedding.weight"));
    }
  }
  return numbers;
}

// What a file of one number says; nothing for "max" or no file.
std::optional<std::uint64_t> numberIn(const char* file) {
  std::uint64_t number = 0;
  return std::ifstream(file) >> number ? std::optional(number) : std::nullopt;
}

int rounded(int resolution, int multiple) { return std::max(multiple, resolution / multiple * multiple); }

struct MeasuredSteps : Measured {
  // What the process holds between steps: after the first size, since each leaves compiled kernels behind, tens of
  // megabytes, and a run has one size.
  std::uint64_t lasting = 0;
  std::uint64_t kernels = 0;  // of a size

  // Bytes that the process has at the peak beside tensors and what lasts.
  [[nodiscard]] std::uint64_t beside(double pixels) const {
    if (large.beside <= kernels || small.pixels == large.pixels) return 0;
    const auto measured = std::max<std::uint64_t>(1, peak(large.pixels));
    return static_cast<std::uint64_t>(static_cast<double>(large.beside - kernels) * static_cast<double>(peak(pixels)) /
                                      static_cast<double>(measured));
  }
};

// Steps of growing size, up to the whole one while they are quick; the last two are taken.
MeasuredSteps measureSteps(StepProbe& probe, int resolution, int multiple, std::int64_t batch, JobControl& control) {
  const std::array<std::pair<int, std::int64_t>, 4> sizes{{{rounded(resolution / 4, multiple), 1},
                                                           {rounded(resolution / 2, multiple), 1},
                                                           {resolution, 1},
                                                           {resolution, batch}}};
  MeasuredSteps measured;
  for (const auto& [side, photos] : sizes) {
    const auto pixels = static_cast<double>(side) * side * static_cast<double>(photos);
    const auto& last = measured.large;
    const bool enough = measured.small.pixels > 0 && last.processorSeconds * pixels / last.pixels > kQuickStep;
    if (enough || pixels <= last.pixels) continue;
    control.proceedOrThrow();
    measured.small = std::exchange(measured.large, probe.step(side, photos));
    if (measured.lasting == 0) measured.lasting = last.left;
    else if (measured.kernels == 0 && last.left > measured.lasting) measured.kernels = last.left - measured.lasting;
  }
  if (measured.small.bytes.empty()) measured.small = measured.large;  // there is no smaller size
  return measured;
}

// Bytes that encoding and previews take beside what lasts through the steps. The VAE's own weights are there only then.
std::uint64_t measurePictures(StableDiffusion& model, const TrainConfig& config, const std::string& prompt,
                              int resolution, JobControl& control) {
  const int multiple = model.sizeMultiple();
  const auto before = residentBytes();
  const auto at = [&](int side) {
    control.proceedOrThrow();
    return measurePicture(model, config, prompt, rounded(side, multiple), control);
  };
  auto small = at(resolution / 4);
  const Measured measured{std::move(small), at(resolution / 2)};
  releaseFreedMemory();
  const auto after = residentBytes();
  return measured.peak(static_cast<double>(resolution) * resolution) + (after > before ? after - before : 0);
}

// Whatever the weights share with their files and nobody reads is not there: what lasts says how much that is.
void putLasting(TrainingPlan& plan, std::uint64_t lasting) {
  const auto beside = plan.program + plan.optimizer;
  if (lasting > beside + plan.weights) {
    plan.program = lasting - plan.weights - plan.optimizer;
  } else if (lasting > beside) {
    plan.weights = lasting - beside;
  }
}

}  // namespace

std::uint64_t availableMemory() {
  auto available = kUnlimited;
  std::ifstream info("/proc/meminfo");
  for (std::string key; info >> key;) {
    std::uint64_t kilobytes = 0;
    info >> kilobytes;
    if (key == "MemAvailable:") available = kilobytes * 1024;
    info.ignore(std::numeric_limits<std::streamsize>::max(), '\n');
  }
  const auto limit = numberIn("/sys/fs/cgroup/memory.max"), used = numberIn("/sys/fs/cgroup/memory.current");
  if (limit && used) available = std::min(available, *limit - std::min(*limit, *used));
  if (available != kUnlimited) available += residentBytes();
  const char* given = std::getenv("LIKENESS_MEMORY");
  const auto allowed = given == nullptr ? 0 : std::strtoull(given, nullptr, 10);
  return allowed > 0 ? std::min<std::uint64_t>(available, allowed) : available;
}

Result<void> checkFits(const TrainingPlan& plan) {
  if (plan.fits()) return {};
  const auto gigabytes = [](std::uint64_t bytes) {
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%.1f GB", static_cast<double>(bytes) / 1e9);
    return std::string(text.data());
  };
  auto sentence = "Training would take " + gigabytes(plan.total) + " of memory, and " + gigabytes(plan.available) +
                  " are free for it.";
  sentence += " " + (plan.offers.empty() ? "Choose a smaller model, or a machine with more memory."
                                         : offersSentence(plan.offers));
  return Error{ErrorCode::OutOfMemory, std::move(sentence)};
}

bool surelyFits(const TrainingPlan& counted, const TrainConfig& config, int resolution, std::uint64_t resident) {
  const auto pixels = static_cast<double>(resolution) * resolution * static_cast<double>(config.batchSize) *
                      (config.priorWeight > 0 ? 2 : 1);
  return static_cast<double>(counted.total + resident) + kMostPerPixel * pixels < static_cast<double>(counted.available);
}

SquareSizes squareSizes(const StableDiffusion& model, const TrainConfig& config) {
  const auto resolution = trainedResolution(model, config);
  return {resolution.ok() ? resolution.value() : 0, model.sizeMultiple(), model.defaultResolution() / 2};
}

TrainingPlan countedPlan(const StableDiffusion& model, const TrainConfig& config) {
  TrainingPlan plan;
  std::int64_t parameters = countOf(*model.unet) + countOf(*model.vae);
  const bool whole = config.method == TrainMethod::Full;
  const auto textDtype = whole && config.textEncoderLearningRate > 0 ? config.weightsDtype : frozenTextDtype(config);
  plan.weights = storedBytes(*model.unet, whole ? config.weightsDtype : frozenUnetDtype(config)) +
                 storedBytes(*model.vae, WeightDtype::Fp32);
  for (const auto& encoder : model.textEncoders()) {
    parameters += countOf(*encoder.model);
    plan.weights += storedBytes(*encoder.model, textDtype);
  }
  const auto trained = trainedNumbers(model, config);
  plan.trainedParameters = trained.all;
  plan.frozenParameters = parameters - (whole ? trained.all : 0);
  plan.gradients = trained.gradientBytes;
  const double perNumber = stateBytes(config) + (config.emaDecay > 0 ? double(kFp32) : 0);
  plan.optimizer = static_cast<std::uint64_t>(perNumber * static_cast<double>(trained.withGradient));
  if (config.method != TrainMethod::Full) plan.weights += plan.gradients;
  plan.total = plan.weights + plan.gradients + plan.optimizer;
  plan.available = availableMemory();
  return plan;
}

Result<TrainingPlan> planTraining(StableDiffusion& model, const TrainConfig& config,
                                  const std::vector<std::string>& prompts, std::uint64_t program,
                                  JobControl& control) {
  LK_TRY(auto resolution, trainedResolution(model, config));
  for (const auto more : config.moreResolutions) resolution = std::max(resolution, static_cast<int>(more));
  auto plan = countedPlan(model, config);
  plan.resolution = resolution;
  plan.program = program;
  plan.total += plan.program;
  if (plan.total > plan.available) return plan;  // no step could be measured
  StepProbe probe(model, config, prompts);
  const auto steps = measureSteps(probe, resolution, model.sizeMultiple(), config.batchSize, control);
  putLasting(plan, steps.lasting);
  const auto picture = measurePictures(model, config, prompts.front(), resolution, control);
  const auto area = static_cast<double>(resolution) * resolution;
  const auto pixels = area * static_cast<double>(config.batchSize);
  const auto step = steps.peak(pixels) + steps.beside(pixels);
  plan.activations = step > plan.gradients ? step - plan.gradients : 0;
  plan.pictures = picture > plan.gradients + plan.activations ? picture - plan.gradients - plan.activations : 0;
  plan.total = plan.program + plan.weights + plan.optimizer + plan.gradients + plan.activations + plan.pictures;
  plan.secondsPerStep = steps.seconds(pixels) * static_cast<double>(config.gradientAccumulation);
  plan.secondsInAll = plan.secondsPerStep * static_cast<double>(config.steps);
  return plan;
}

}  // namespace likeness
