#pragma once
#include "core/train/optimizer.h"

namespace likeness {

/// The optimizer of the options for weights of which some lie in bf16: each step makes fp32 of a weight and its
/// gradient, takes the step in fp32 and rounds the weight at random (roundStochastically()), so that steps smaller than
/// the distance of two bf16 numbers still count in the mean. Weights in fp32 learn as ever. The optimizer's state is
/// fp32, or what it is, and nothing of the weights is kept in fp32 between steps; with Prodigy, which looks at all
/// weights together, all are in fp32 during a step.
/// Randomness: a function of the config's seed, the step, `group` (below 4096) and the weight's place in the list, so a
/// run that is resumed rounds alike. Device: the CPU.
class RoundedOptimizer : public Optimizer {
 public:
  RoundedOptimizer(const TrainConfig& config, NamedTensors parameters, std::uint32_t group);
  [[nodiscard]] double rateScale() const override { return m_parts.front().optimizer->rateScale(); }
  void saveState(NamedTensors& out, const std::string& prefix) const override;
  [[nodiscard]] Result<void> loadState(const SafetensorsFile& file, const std::string& prefix) override;

 private:
  void update(const Update& now) override;
  // Weights that are stepped together; `wide` are those themselves or, of bf16 ones, what stands for them in a step.
  struct Part {
    std::vector<std::size_t> which;
    std::vector<torch::Tensor> wide;
    std::unique_ptr<Optimizer> optimizer;
  };
  void addPart(const TrainConfig& config, std::vector<std::size_t> which);
  void widen(Part& part);
  void round(Part& part, std::int64_t step);
  [[nodiscard]] bool isNarrow(std::size_t index) const {
    return m_parameters[index].second.scalar_type() != torch::kFloat32;
  }

  std::uint64_t m_seed;
  std::uint32_t m_group;
  std::vector<Part> m_parts;
};

/// makeOptimizer() or, where weights lie in bf16, a RoundedOptimizer.
[[nodiscard]] std::unique_ptr<Optimizer> makeOptimizerFor(const TrainConfig& config, NamedTensors parameters,
                                                          std::size_t group);

}  // namespace likeness
