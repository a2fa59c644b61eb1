#pragma once
#include <QTemporaryDir>
#include <cmath>
#include <map>

#include "core/train/training_draws.h"
#include "tests/numerics/train_fixture.h"

namespace likeness {

/// Draws that make_train_fixtures.py recorded; [steps, items, 2] and so on, the last axis instance or prior.
class RecordedDraws : public TrainingDraws {
 public:
  explicit RecordedDraws(const std::string& name)
      : m_file(SafetensorsFile::open(trainFixtures() / (name + "_draws.safetensors")).value()) {
    for (const char* key : {"picture", "flipped", "timestep"}) m_whole[key] = m_file.tensor(key);
    m_noise = m_file.tensor("noise").to(torch::kFloat32);
    m_posterior = m_file.tensor("posterior_noise").to(torch::kFloat32);
    if (m_file.has("subject")) m_subjects = m_file.tensor("subject");
    if (!m_file.has("mask")) return;
    m_masks = m_file.tensor("mask").to(torch::kFloat32);
    m_maskedNoise = m_file.tensor("masked_noise").to(torch::kFloat32);
  }
  TrainingDraw draw(std::int64_t step, std::int64_t item, bool prior, const DrawSpace& space) override {
    const auto part = prior ? 1 : 0;  // a picture counts among those of its subject
    const auto whole = [&](const char* key) { return m_whole[key][step][item][part].item<std::int64_t>(); };
    TORCH_CHECK(m_noise.size(-1) == space.width && m_noise.size(-3) == space.channels);
    TrainingDraw draw{whole("picture") % space.pictures, 0, whole("flipped") != 0, whole("timestep"),
                      m_noise[step][item][part], m_posterior[step][item][part]};
    TORCH_CHECK(m_masks.defined() == (space.maskScale > 0));
    if (!m_masks.defined()) return draw;
    draw.mask = m_masks[step][item][part];
    draw.maskedNoise = m_maskedNoise[step][item][part];
    TORCH_CHECK(draw.mask.size(1) == space.height * space.maskScale && draw.mask.size(2) == space.width * space.maskScale);
    return draw;
  }

  SubjectTurn turn(std::int64_t sample, std::span<const std::int64_t> repeats) override {
    TORCH_CHECK(m_subjects.defined() == (repeats.size() > 1));
    return {m_subjects.defined() ? m_subjects.flatten()[sample].item<std::int64_t>() : 0, sample};
  }

 private:
  SafetensorsFile m_file;
  torch::Tensor m_subjects;  // [steps, items]
  std::map<std::string, torch::Tensor> m_whole;
  torch::Tensor m_noise, m_posterior, m_masks, m_maskedNoise;
};

inline double relative(double got, double expected) { return std::abs(got - expected) / std::abs(expected); }

inline void usePrediction(StableDiffusion& model, const std::string& prediction) {
  auto config = model.schedule.config();
  config.predictionType = prediction == "epsilon" ? PredictionType::Epsilon : PredictionType::VPrediction;
  model.schedule = NoiseSchedule(config);
}

/// Trains the tiny model on counter draws and returns each step's metrics.
inline std::vector<MetricPoint> runTiny(const TrainConfig& config, StableDiffusion& model, TrainingDraws* draws =
                                        nullptr,
                                 const std::function<void(TrainingSet&)>& change = {}) {
  QTemporaryDir folder;
  TrainJob job;
  job.config = config;
  job.set = tinyTrainingSet();
  if (change) change(job.set);
  job.runFolder = folder.path().toStdString();
  job.draws = draws;
  JobControl control;
  RecordingObserver observer;
  train(model, job, control, observer).value();
  return observer.points;
}

inline TrainConfig quietConfig(std::int64_t steps) {
  TrainConfig config;
  config.steps = steps;
  config.precision = Precision::Fp32;
  config.learningRate = 1e-4;
  config.textEncoderLearningRate = 1e-4;
  config.checkpointEvery = config.validateEvery = config.previewEvery = 0;
  return config;
}

}  // namespace likeness
