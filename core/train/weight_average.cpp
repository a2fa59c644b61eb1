#include "core/train/weight_average.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "core/train/optimizer.h"

namespace likeness {
namespace {

constexpr const char* kRows = ".rows";

std::map<std::string, torch::Tensor> parametersOf(const StableDiffusion& model) {
  std::map<std::string, torch::Tensor> all;
  const auto add = [&](const std::string& prefix, const torch::nn::Module& module) {
    for (const auto& entry : module.named_parameters()) all[prefix + entry.key()] = entry.value();
  };
  add("unet.", *model.unet);
  const auto encoders = model.textEncoders();
  for (std::size_t i = 0; i < encoders.size(); ++i) {
    add(i == 0 ? "text_encoder." : "text_encoder_2.", *encoders[i].model);
  }
  return all;
}

Error misfit(const std::filesystem::path& file, const std::string& name) {
  return {ErrorCode::Corrupt,
          "The checkpoint's file " + file.filename().string() +
              " does not fit this model. Choose another checkpoint of this run.",
          "tensor " + name, file.string()};
}

bool rowsFit(const torch::Tensor& rows, const torch::Tensor& values, const torch::Tensor& weight) {
  const bool shaped = rows.scalar_type() == torch::kInt64 && rows.dim() == 1 && weight.dim() == 2 && values.dim() == 2 &&
                      values.size(0) == rows.size(0) && values.size(1) == weight.size(1);
  return shaped && (rows.ge(0) & rows.lt(weight.size(0))).all().item<bool>();
}

}  // namespace

double averageDecay(const TrainConfig& config, std::int64_t step) {
  const auto n = static_cast<double>(step - 1);
  if (n <= 0) return 0;
  const auto rising = config.emaWarmup ? 1 - std::pow(1 + n / config.emaInvGamma, -config.emaPower)
                                       : (1 + n) / (10 + n);
  return std::min(rising, config.emaDecay);
}

WeightAverage::WeightAverage(NamedTensors weights, const TrainConfig& config)
    : m_config(config), m_weights(std::move(weights)) {
  for (const auto& [name, weight] : m_weights) m_average.push_back(weight.detach().to(torch::kFloat32, false, /*copy=*/true));
}

void WeightAverage::update(std::int64_t step) {
  const torch::NoGradGuard noGrad;
  const auto share = 1 - averageDecay(m_config, step);
  for (std::size_t i = 0; i < m_weights.size(); ++i) {
    m_average[i].sub_(m_average[i] - m_weights[i].second, share);
  }
}

void WeightAverage::keepOnly(const NamedTensors& weights) {
  std::set<std::string> names;
  for (const auto& [name, weight] : weights) names.insert(name);
  NamedTensors kept;
  std::vector<torch::Tensor> average;
  for (std::size_t i = 0; i < m_weights.size(); ++i) {
    if (!names.contains(m_weights[i].first)) continue;
    kept.push_back(m_weights[i]);
    average.push_back(m_average[i]);
  }
  m_weights = std::move(kept);
  m_average = std::move(average);
}

void WeightAverage::swap() {
  for (std::size_t i = 0; i < m_weights.size(); ++i) {
    auto& weight = m_weights[i].second;
    const auto own = weight.detach();  // keeps the memory that the weight lets go of
    weight.set_data(m_average[i]);
    m_average[i] = own;
  }
}

NamedTensors WeightAverage::state() const {
  NamedTensors state;
  for (std::size_t i = 0; i < m_weights.size(); ++i) state.emplace_back(m_weights[i].first, m_average[i]);
  return state;
}

Result<void> WeightAverage::loadState(const SafetensorsFile& file) {
  for (std::size_t i = 0; i < m_weights.size(); ++i) {
    LK_CHECK(copyFromFile(file, m_weights[i].first, m_average[i]));
  }
  return {};
}

Result<void> loadAveragedWeights(StableDiffusion& model, const std::filesystem::path& path) {
  LK_TRY(const auto file, SafetensorsFile::open(path));
  const torch::NoGradGuard noGrad;
  const auto parameters = parametersOf(model);
  for (const auto& [name, info] : file.tensors()) {
    if (name.ends_with(kRows)) continue;
    const auto found = parameters.find(name);
    if (found == parameters.end()) return misfit(path, name);
    auto weight = found->second;
    auto value = file.tensor(name).to(weight.options().requires_grad(false), /*non_blocking=*/false, /*copy=*/true);
    if (file.has(name + kRows)) {
      const auto rows = file.tensor(name + kRows);
      if (!rowsFit(rows, value, weight)) return misfit(path, name);
      value = weight.detach().clone().index_copy_(0, rows.to(weight.device()), value);
    }
    if (value.sizes() != weight.sizes()) return misfit(path, name);
    weight.set_data(value);
  }
  return {};
}

}  // namespace likeness
