#include "core/train/planner.h"

#include <algorithm>
#include <fstream>
#include <limits>

#include "core/tensor/memory.h"
#include "core/train/dreambooth_trainer.h"
#include "core/train/step_probe.h"

namespace likeness {
namespace {

constexpr std::uint64_t kFp32 = 4;
constexpr double kQuickStep = 1.5;  // seconds: so short a step is measured at the trained size itself

std::int64_t countOf(const torch::nn::Module& module) {
  std::int64_t count = 0;
  for (const auto& parameter : module.parameters()) count += parameter.numel();
  return count;
}

std::int64_t bytesOf(const torch::nn::Module& module) {
  std::int64_t bytes = 0;
  for (const auto& parameter : module.parameters()) bytes += static_cast<std::int64_t>(parameter.nbytes());
  return bytes;
}

// A straight line through two measured passes, at `pixels`.
struct Line {
  double atZero = 0, perPixel = 0;
  [[nodiscard]] double at(double pixels) const { return std::max(0.0, atZero + perPixel * pixels); }
};

Line through(double x1, double y1, double x2, double y2) {
  const auto slope = x2 > x1 ? std::max(0.0, (y2 - y1) / (x2 - x1)) : 0.0;
  return {y2 - slope * x2, slope};
}

int rounded(int resolution, int multiple) { return std::max(multiple, resolution / multiple * multiple); }

// Two sizes to measure at: a quarter and a half of the trained one, or this and its half if that is quick.
struct Measured {
  Line bytes, seconds;
};

Measured measureSteps(StepProbe& probe, int resolution, int multiple, std::int64_t batch, JobControl& control) {
  const int half = rounded(resolution / 2, multiple);
  control.proceedOrThrow();
  auto small = probe.step(rounded(resolution / 4, multiple), 1);
  control.proceedOrThrow();
  auto large = probe.step(half, 1);
  const auto target = static_cast<double>(resolution) * resolution * static_cast<double>(batch);
  if (large.seconds * target / large.pixels < kQuickStep) {
    control.proceedOrThrow();
    small = probe.step(half, batch);
    large = probe.step(resolution, batch);
  }
  const auto bytes = [](const PassCost& cost) { return static_cast<double>(cost.peakBytes); };
  return {through(small.pixels, bytes(small), large.pixels, bytes(large)),
          through(small.pixels, small.seconds, large.pixels, large.seconds)};
}

Line measurePictures(const StableDiffusion& model, int resolution, JobControl& control) {
  const int multiple = model.sizeMultiple();
  control.proceedOrThrow();
  const auto small = measureVae(model, rounded(resolution / 4, multiple));
  control.proceedOrThrow();
  const auto large = measureVae(model, rounded(resolution / 2, multiple));
  return through(small.pixels, static_cast<double>(small.peakBytes), large.pixels, static_cast<double>(large.peakBytes));
}

}  // namespace

std::uint64_t availableMemory() {
  std::ifstream info("/proc/meminfo");
  for (std::string key; info >> key;) {
    std::uint64_t kilobytes = 0;
    info >> kilobytes;
    if (key == "MemAvailable:") return kilobytes * 1024 + residentBytes();
    info.ignore(std::numeric_limits<std::streamsize>::max(), '\n');
  }
  return std::numeric_limits<std::uint64_t>::max();
}

TrainingPlan countedPlan(const StableDiffusion& model, const TrainConfig& config) {
  TrainingPlan plan;
  plan.trainedParameters = countOf(*model.unet);
  plan.weights = static_cast<std::uint64_t>(bytesOf(*model.vae));
  std::uint64_t rows = 0;
  for (const auto& encoder : model.textEncoders()) {
    const bool learns = config.textEncoderLearningRate > 0;
    (learns ? plan.trainedParameters : plan.frozenParameters) += countOf(*encoder.model);
    if (!learns) plan.weights += static_cast<std::uint64_t>(bytesOf(*encoder.model));
    // Of the token embedding only the used rows have a gradient and moments.
    if (learns) rows += static_cast<std::uint64_t>(encoder.model->config().vocabSize) * encoder.model->config().hiddenSize;
  }
  plan.frozenParameters += countOf(*model.vae);
  const auto trained = static_cast<std::uint64_t>(plan.trainedParameters);
  plan.weights += kFp32 * trained;
  plan.gradients = kFp32 * (trained - rows);
  plan.optimizer = 2 * kFp32 * (trained - rows);
  plan.total = plan.weights + plan.gradients + plan.optimizer;
  plan.available = availableMemory();
  return plan;
}

Result<TrainingPlan> planTraining(StableDiffusion& model, const TrainConfig& config,
                                  const std::vector<std::string>& prompts, std::uint64_t program,
                                  JobControl& control) {
  LK_TRY(const auto resolution, trainedResolution(model, config));
  auto plan = countedPlan(model, config);
  plan.resolution = resolution;
  plan.program = program;
  plan.total += plan.program;
  if (plan.total > plan.available) return plan;  // no step could be measured
  const auto pictures = measurePictures(model, resolution, control);
  StepProbe probe(model, config, prompts);
  const auto steps = measureSteps(probe, resolution, model.sizeMultiple(), config.batchSize, control);
  const auto area = static_cast<double>(resolution) * resolution;
  const auto step = static_cast<std::uint64_t>(steps.bytes.at(area * static_cast<double>(config.batchSize)));
  plan.activations = step > plan.gradients ? step - plan.gradients : 0;
  const auto picture = static_cast<std::uint64_t>(pictures.at(area));
  plan.pictures = picture > step ? picture - step : 0;
  plan.total += plan.activations + plan.pictures;
  plan.secondsPerStep = steps.seconds.at(area * static_cast<double>(config.batchSize)) *
                        static_cast<double>(config.gradientAccumulation);
  plan.secondsInAll = plan.secondsPerStep * static_cast<double>(config.steps);
  return plan;
}

}  // namespace likeness
