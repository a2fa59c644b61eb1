#include "core/train/rounded_optimizer.h"

#include <algorithm>

#include "core/tensor/random.h"

namespace likeness {

RoundedOptimizer::RoundedOptimizer(const TrainConfig& config, NamedTensors parameters, std::uint32_t group)
    : Optimizer(std::move(parameters)), m_seed(config.seed), m_group(group) {
  TORCH_CHECK(group < 1u << 12 && m_parameters.size() < 1u << 20, "too many weights to round");
  std::vector<std::size_t> all, wide;
  for (std::size_t i = 0; i < m_parameters.size(); ++i) {
    all.push_back(i);
    if (!isNarrow(i)) wide.push_back(i);
  }
  if (config.optimizer == OptimizerKind::Prodigy) {
    addPart(config, std::move(all));
    return;
  }
  if (!wide.empty()) addPart(config, std::move(wide));
  for (const auto i : all) {
    if (isNarrow(i)) addPart(config, {i});
  }
}

void RoundedOptimizer::addPart(const TrainConfig& config, std::vector<std::size_t> which) {
  Part part{std::move(which), {}, nullptr};
  NamedTensors wide;
  for (const auto i : part.which) {
    const auto& [name, parameter] = m_parameters[i];
    part.wide.push_back(isNarrow(i) ? parameter.detach().to(torch::kFloat32) : parameter);
    wide.emplace_back(name, part.wide.back());
  }
  part.optimizer = makeOptimizer(config, std::move(wide));
  for (std::size_t i = 0; i < part.which.size(); ++i) {
    if (isNarrow(part.which[i])) part.wide[i].set_data(torch::empty({0}));
  }
  m_parts.push_back(std::move(part));
}

void RoundedOptimizer::widen(Part& part) {
  for (std::size_t i = 0; i < part.which.size(); ++i) {
    if (!isNarrow(part.which[i])) continue;
    auto& parameter = m_parameters[part.which[i]].second;
    part.wide[i].set_data(parameter.detach().to(torch::kFloat32));
    if (!parameter.grad().defined()) continue;
    part.wide[i].mutable_grad() = gradientOf(part.which[i], 1);
    parameter.mutable_grad().reset();
  }
}

void RoundedOptimizer::round(Part& part, std::int64_t step) {
  for (std::size_t i = 0; i < part.which.size(); ++i) {
    const auto index = part.which[i];
    if (!isNarrow(index)) continue;
    auto& wide = part.wide[i];
    if (wide.grad().defined()) {
      auto& parameter = m_parameters[index].second;
      roundStochastically(wide, parameter.detach(),
                          {m_seed, static_cast<std::uint64_t>(step), m_group << 20 | static_cast<std::uint32_t>(index),
                           RandomStream::StochasticRounding});
      parameter.unsafeGetTensorImpl()->bump_version();
    }
    wide.mutable_grad().reset();
    wide.set_data(torch::empty({0}));
  }
}

void RoundedOptimizer::update(const Update& now) {
  const torch::NoGradGuard noGrad;
  noteDecay(1.0);
  for (auto& part : m_parts) {
    widen(part);
    part.optimizer->step(now.step, now.learningRate, now.gradientScale);
    for (std::size_t i = 0; i < part.which.size(); ++i) m_lastDecays[part.which[i]] = part.optimizer->lastDecay(i);
    round(part, now.step);
  }
}

void RoundedOptimizer::saveState(NamedTensors& out, const std::string& prefix) const {
  for (const auto& part : m_parts) part.optimizer->saveState(out, prefix);
}

Result<void> RoundedOptimizer::loadState(const SafetensorsFile& file, const std::string& prefix) {
  for (const auto& part : m_parts) LK_CHECK(part.optimizer->loadState(file, prefix));
  return {};
}

std::unique_ptr<Optimizer> makeOptimizerFor(const TrainConfig& config, NamedTensors parameters, std::size_t group) {
  const auto narrow = [](const auto& entry) { return entry.second.scalar_type() != torch::kFloat32; };
  if (std::ranges::none_of(parameters, narrow)) return makeOptimizer(config, std::move(parameters));
  return std::make_unique<RoundedOptimizer>(config, std::move(parameters), static_cast<std::uint32_t>(group));
}

}  // namespace likeness
