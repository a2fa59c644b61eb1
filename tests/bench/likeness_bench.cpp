// The Likeness side of compare.py: the same work as reference.py, one JSON line.
// usage: likeness_bench train|sample|picture MODEL STEPS BATCH PRECISION THREADS
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "core/sample/autocast.h"
#include "core/sample/text_to_image.h"
#include "core/tensor/memory.h"
#include "core/tensor/torch.h"
#include "core/train/dreambooth_trainer.h"

using namespace likeness;

namespace {

double now() {
  return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
}

// Seconds since the epoch at which this process was started, loading of libraries included.
double processStart() {
  std::ifstream stat("/proc/self/stat"), uptime("/proc/uptime");
  std::string text((std::istreambuf_iterator<char>(stat)), {});
  double up = 0;
  uptime >> up;
  long long ticks = 0;
  const char* at = text.c_str() + text.rfind(')') + 2;
  for (int field = 3; field < 22; ++field) at = std::find(at, text.c_str() + text.size(), ' ') + 1;
  ticks = std::atoll(at);
  return now() - up + static_cast<double>(ticks) / static_cast<double>(sysconf(_SC_CLK_TCK));
}

void report(const std::vector<double>& times, std::size_t skip, double begun) {
  std::vector<double> seconds;
  for (std::size_t i = skip + 1; i < times.size(); ++i) seconds.push_back(times[i] - times[i - 1]);
  std::sort(seconds.begin(), seconds.end());
  std::printf("{\"startup_seconds\": %.6f, \"step_seconds\": %.6f, \"total_seconds\": %.6f, \"peak_bytes\": %llu}\n",
              times.at(0) - begun, seconds.at(seconds.size() / 2), now() - begun,
              static_cast<unsigned long long>(peakResidentBytes()));
}

struct StepClock final : TrainObserver {
  void onMetrics(const MetricPoint& point) override {
    if (point.step > 0) times.push_back(now());
  }
  std::vector<double> times;
};

std::vector<Image> noisePictures(int count, int side) {
  std::vector<Image> pictures;
  for (int i = 0; i < count; ++i) {
    Image image{side, side, std::vector<std::uint8_t>(static_cast<std::size_t>(side) * side * 3)};
    for (std::size_t k = 0; k < image.rgb.size(); ++k) image.rgb[k] = static_cast<std::uint8_t>((k * 2654435761u + i * 97u) >> 13);
    pictures.push_back(std::move(image));
  }
  return pictures;
}

void benchTrain(StableDiffusion& model, std::int64_t steps, std::int64_t batch, Precision precision, double begun) {
  const auto folder = std::filesystem::temp_directory_path() / ("likeness-bench-" + std::to_string(getpid()));
  std::filesystem::create_directories(folder);
  TrainJob job;
  job.config.steps = steps + 2;
  job.config.batchSize = batch;
  job.config.precision = precision;
  job.config.learningRate = 1e-5;
  job.config.textEncoderLearningRate = 1e-6;
  job.config.flip = false;
  job.config.checkpointEvery = job.config.validateEvery = job.config.previewEvery = 0;
  job.set = {noisePictures(4, model.defaultResolution()), noisePictures(4, model.defaultResolution()),
             "a photo of a sks dog", "a photo of a dog", "sks"};
  job.runFolder = folder;
  JobControl control;
  StepClock clock;
  train(model, job, control, clock).value();
  std::filesystem::remove_all(folder);
  report(clock.times, 2, begun);
}

void benchSample(StableDiffusion& model, std::int64_t steps, std::int64_t batch, Precision precision, double begun) {
  GenerateOptions options;
  options.prompts = {"a photo of a dog in the snow"};
  options.count = options.batchSize = batch;
  options.steps = steps + 2;
  options.computeIn = scalarTypeOf(precision);
  options.decode = false;
  JobControl control;
  std::vector<double> times;
  GenerateCallbacks callbacks;
  callbacks.onStep = [&](std::int64_t, std::int64_t, std::int64_t, std::int64_t) { times.push_back(now()); };
  (void)generate(model, options, control, callbacks);
  report(times, 1, begun);
}

// Whole pictures: what sampling leaves in memory when the VAE comes counts as well.
void benchPicture(StableDiffusion& model, std::int64_t steps, std::int64_t batch, Precision precision, double begun) {
  GenerateOptions options;
  options.prompts = {"a photo of a dog in the snow"};
  options.count = options.batchSize = batch;
  options.steps = steps;
  options.computeIn = scalarTypeOf(precision);
  JobControl control;
  std::vector<double> times;
  GenerateCallbacks callbacks;
  callbacks.onStep = [&](std::int64_t, std::int64_t, std::int64_t, std::int64_t) { times.push_back(now()); };
  (void)generate(model, options, control, callbacks);
  report(times, 0, begun);
}

}  // namespace

int main(int count, char** arguments) {
  const double begun = processStart();
  if (count != 7) {
    std::fprintf(stderr, "usage: likeness_bench train|sample|picture MODEL STEPS BATCH PRECISION THREADS\n");
    return 2;
  }
  tuneAllocator();
  at::set_num_threads(std::stoi(arguments[6]));
  try {
    auto model = openStableDiffusion(arguments[2]).value();
    const auto precision = std::string(arguments[5]) == "bf16" ? Precision::Bf16 : Precision::Fp32;
    const std::string what = arguments[1];
    const auto run = what == "train" ? benchTrain : what == "sample" ? benchSample : benchPicture;
    run(model, std::stoll(arguments[3]), std::stoll(arguments[4]), precision, begun);
  } catch (const std::exception& exception) {
    std::fprintf(stderr, "%s\n", exception.what());
    return 1;
  }
  return 0;
}
