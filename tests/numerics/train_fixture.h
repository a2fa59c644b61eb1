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

/// A tiny model of the fixtures, opened anew each time: "model", a Stable Diffusion; "xl"; "inpaint"; or a path from there.
inline StableDiffusion tinyModel(const std::string& name = "model") {
  return openStableDiffusion(trainFixtures() / name).value();
}

/// Pictures from a [N,H,W,3] uint8 tensor of pictures.safetensors.
inline std::vector<Image> fixturePictures(const std::string& name, const char* file = "pictures.safetensors") {
  const auto pixels = SafetensorsFile::open(trainFixtures() / file).value().tensor(name).contiguous();
  std::vector<Image> images;
  for (std::int64_t i = 0; i < pixels.size(0); ++i) {
    const auto one = pixels[i].contiguous();
    const auto* bytes = one.data_ptr<std::uint8_t>();
    images.push_back({static_cast<int>(one.size(1)), static_cast<int>(one.size(0)), {bytes, bytes + one.numel()}});
  }
  return images;
}

/// Origins of the pictures of that name, as make_train_fixtures.py told SDXL.
inline std::vector<SquareOrigin> fixtureOrigins(const std::string& name) {
  const auto rows = SafetensorsFile::open(trainFixtures() / "origins.safetensors").value().tensor(name).contiguous();
  std::vector<SquareOrigin> origins;
  const auto* next = rows.data_ptr<std::int64_t>();
  for (std::int64_t i = 0; i < rows.size(0); ++i, next += 5) {
    const auto at = [next](int k) { return static_cast<int>(next[k]); };
    origins.push_back({at(0), at(1), at(2), at(3), at(4)});
  }
  return origins;
}

inline TrainingSet tinyTrainingSet() {
  return {{{fixturePictures("instances"), fixturePictures("priors"), "a photo of sks dog", "a photo of a dog", "sks",
            fixtureOrigins("instances"), fixtureOrigins("priors"), "dog"}}};
}

/// The subject of tinyTrainingSet(), and a cat beside it.
inline TrainingSet twoSubjects() {
  auto set = tinyTrainingSet();
  constexpr const char* kSecond = "pictures_second.safetensors";
  set.subjects.push_back({fixturePictures("instances", kSecond), fixturePictures("priors", kSecond),
                          "a photo of zwx cat", "a photo of a cat", "zwx"});
  return set;
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

/// The SHA-256 of a checkpoint's weights, optimizer and average.
inline std::string checkpointHash(const std::filesystem::path& folder) {
  std::string all;
  for (const char* file :
       {"unet.safetensors", "text_encoder.safetensors", "text_encoder_2.safetensors", kLoraFile, kEmbeddingFile,
        "optimizer.safetensors", "average.safetensors"}) {
    if (std::filesystem::exists(folder / file)) all += sha256OfFile(folder / file).value();
  }
  return all;
}

}  // namespace likeness
