#pragma once
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "core/base/hash.h"
#include "core/base/json.h"
#include "core/train/dreambooth_trainer.h"
#include "core/weights/safetensors.h"

namespace likeness {

/// What make_train_fixtures.py wrote: under LIKENESS_FIXTURES when that is set, else beside the tests.
inline std::filesystem::path trainFixtures() {
  const char* given = std::getenv("LIKENESS_FIXTURES");
  const std::filesystem::path root =
      given && *given ? std::filesystem::path(given) : LIKENESS_SOURCE_DIR "/tests/numerics/fixtures";
  return root / "train";
}

/// The tiny Stable Diffusion of the fixtures, opened anew each time.
inline StableDiffusion tinyModel() { return openStableDiffusion(trainFixtures() / "model").value(); }

/// Pictures from a [N,H,W,3] uint8 tensor of pictures.safetensors.
inline std::vector<Image> fixturePictures(const std::string& name) {
  const auto pixels = SafetensorsFile::open(trainFixtures() / "pictures.safetensors").value().tensor(name).contiguous();
  std::vector<Image> images;
  for (std::int64_t i = 0; i < pixels.size(0); ++i) {
    const auto one = pixels[i].contiguous();
    const auto* bytes = one.data_ptr<std::uint8_t>();
    images.push_back({static_cast<int>(one.size(1)), static_cast<int>(one.size(0)), {bytes, bytes + one.numel()}});
  }
  return images;
}

inline TrainingSet tinyTrainingSet() {
  return {fixturePictures("instances"), fixturePictures("priors"), "a photo of sks dog", "a photo of a dog", "sks"};
}

/// Keeps everything that it is told.
struct RecordingObserver : TrainObserver {
  void onStart(std::int64_t first) override { firstStep = first; }
  void onProgress(const Progress& progress) override { lastProgress = progress; }
  void onMetrics(const MetricPoint& point) override {
    points.push_back(point);
    if (afterStep) afterStep(point.step);
  }
  void onPreview(const Preview& preview) override { previews.push_back(preview); }
  void onCheckpoint(const CheckpointInfo& checkpoint) override { checkpoints.push_back(checkpoint); }
  void onNotice(const Notice& notice) override { notices.push_back(notice); }

  [[nodiscard]] bool noticed(const std::string& code) const {
    for (const auto& notice : notices) {
      if (notice.code == code) return true;
    }
    return false;
  }

  std::int64_t firstStep = -1;
  Progress lastProgress;
  std::vector<MetricPoint> points;
  std::vector<Preview> previews;
  std::vector<CheckpointInfo> checkpoints;
  std::vector<Notice> notices;
  std::function<void(std::int64_t step)> afterStep;
};

/// The SHA-256 of a checkpoint's weights and optimizer.
inline std::string checkpointHash(const std::filesystem::path& folder) {
  std::string all;
  for (const char* file : {"unet.safetensors", "text_encoder.safetensors", "optimizer.safetensors"}) {
    if (std::filesystem::exists(folder / file)) all += sha256OfFile(folder / file).value();
  }
  return all;
}

}  // namespace likeness
