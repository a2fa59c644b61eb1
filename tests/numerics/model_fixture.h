#pragma once
#include <QtTest>
#include <cstdlib>
#include <filesystem>

#include "core/base/json.h"
#include "core/tensor/torch.h"
#include "core/weights/diffusers_folder.h"
#include "core/weights/load_module.h"
#include "core/weights/safetensors.h"

namespace likeness {

/// Where a case's files lie: under LIKENESS_FIXTURES when that is set, else beside the tests.
inline std::filesystem::path modelFixture(const std::string& name) {
  const char* given = std::getenv("LIKENESS_FIXTURES");
  const std::filesystem::path root =
      given && *given ? std::filesystem::path(given) : LIKENESS_SOURCE_DIR "/tests/numerics/fixtures";
  return root / "model" / name;
}

inline std::filesystem::path baseModel() { return LIKENESS_SOURCE_DIR "/resources/base"; }

/// One reference case: the model with its weights, and the inputs and outputs.
template <typename Holder, typename Config>
struct ModelCase {
  Holder model{nullptr};
  SafetensorsFile data;

  /// `name` is a folder of the fixtures; with `component`, weights and configuration come from the embedded base.
  static ModelCase load(const std::string& name, const std::string& component = "") {
    const auto folder = modelFixture(name);
    const auto config = (component.empty() ? folder : baseModel() / component) / "config.json";
    auto made = Holder(Config::fromJson(readJsonFile(config).value(), config).value());
    TensorSources files;
    if (component.empty()) {
      files.push_back(std::make_shared<const SafetensorsFile>(SafetensorsFile::open(folder / "weights.safetensors").value()));
    } else {
      files = openComponentWeights(baseModel() / component).value();
    }
    const LoadReport report = loadModule(*made, files).value();
    if (!report.unexpected.empty()) throw std::runtime_error(report.detail());
    return {made, SafetensorsFile::open(folder / "data.safetensors").value()};
  }
};

/// Largest absolute difference; infinite where shapes differ or a value isn't finite.
inline double maxDifference(const torch::Tensor& got, const torch::Tensor& expected) {
  if (got.sizes() != expected.sizes()) return INFINITY;
  const double difference = (got - expected).abs().max().item<double>();
  return std::isfinite(difference) ? difference : INFINITY;
}

/// Within the project's tolerance: 1e-4, absolute, fp32.
inline void compareWith(const SafetensorsFile& data, const char* name, const torch::Tensor& got) {
  const double difference = maxDifference(got, data.tensor(name));
  qInfo("%s differs by at most %.2e", name, difference);
  QVERIFY2(difference <= 1e-4, name);
}

/// Compares every gradient that the fixture has, absolutely and relative to the largest of its tensor.
inline void compareGradients(const SafetensorsFile& data, const torch::nn::Module& module) {
  const auto parameters = module.named_parameters();
  double worst = 0;
  int count = 0;
  for (const auto& [name, info] : data.tensors()) {
    if (!name.starts_with("grad.")) continue;
    const torch::Tensor expected = data.tensor(name);
    const torch::Tensor* parameter = parameters.find(name.substr(5));
    QVERIFY2(parameter && parameter->grad().defined(), name.c_str());
    const double scale = std::max(1.0, expected.abs().max().item<double>());
    worst = std::max(worst, maxDifference(parameter->grad(), expected) / scale);
    ++count;
    QVERIFY2(worst <= 1e-4, name.c_str());
  }
  QVERIFY(count > 0);
  qInfo("%d gradients differ by at most %.2e", count, worst);
}

/// Scoped bf16 autocast on the CPU.
class CpuAutocast {
 public:
  CpuAutocast() : m_before(at::autocast::is_autocast_enabled(at::kCPU)) {
    at::autocast::set_autocast_dtype(at::kCPU, at::kBFloat16);
    at::autocast::set_autocast_enabled(at::kCPU, true);
  }
  ~CpuAutocast() {
    at::autocast::clear_cache();
    at::autocast::set_autocast_enabled(at::kCPU, m_before);
  }

 private:
  bool m_before;
};

/// Number of tensors and of scalars in a module.
inline std::pair<std::int64_t, std::int64_t> countParameters(const torch::nn::Module& module) {
  std::int64_t tensors = 0, scalars = 0;
  for (const auto& parameter : module.parameters()) ++tensors, scalars += parameter.numel();
  return {tensors, scalars};
}

}  // namespace likeness
