#pragma once
#include <QtTest>
#include <cstdlib>
#include <filesystem>
#include <string>

#include "core/base/json.h"
#include "core/diffusion/noise_schedule.h"
#include "core/tensor/torch.h"
#include "core/weights/safetensors.h"

/// The cases that make_diffusion_fixtures.py wrote: a JSON that names tensors of the file beside it.
/// LIKENESS_FIXTURES, when set, is a folder to read instead of the committed one.
class DiffusionFixtures {
 public:
  explicit DiffusionFixtures(const std::string& name)
      : m_json(likeness::readJsonFile(folder() / (name + ".json")).value()),
        m_tensors(likeness::SafetensorsFile::open(folder() / (name + ".safetensors")).value()) {}

  [[nodiscard]] static std::filesystem::path folder() {
    const char* given = std::getenv("LIKENESS_FIXTURES");
    const std::filesystem::path root =
        given != nullptr && *given != 0 ? given : LIKENESS_SOURCE_DIR "/tests/numerics/fixtures";
    return root / "diffusion";
  }
  [[nodiscard]] const likeness::Json& cases() const { return m_json["cases"]; }
  /// The config of a case that names it by its number.
  [[nodiscard]] const likeness::Json& config(const likeness::Json& entry) const {
    return m_json["configs"][entry["config"].get<std::size_t>()];
  }
  [[nodiscard]] torch::Tensor tensor(const std::string& name) const { return m_tensors.tensor(name); }
  [[nodiscard]] torch::Tensor of(const likeness::Json& entry, const char* key) const {
    return tensor(entry[key].get<std::string>());
  }
  [[nodiscard]] static likeness::NoiseSchedule schedule(const likeness::Json& config) {
    return likeness::NoiseSchedule(likeness::NoiseScheduleConfig::fromJson(config, "fixture").value());
  }

 private:
  likeness::Json m_json;
  likeness::SafetensorsFile m_tensors;
};

/// The largest absolute difference; infinite when the shapes differ or one is not a number.
inline double largestDifference(const torch::Tensor& a, const torch::Tensor& b) {
  if (a.sizes() != b.sizes()) return std::numeric_limits<double>::infinity();
  const double worst = (a.to(torch::kFloat64) - b.to(torch::kFloat64)).abs().max().item<double>();
  return std::isnan(worst) ? std::numeric_limits<double>::infinity() : worst;
}
