#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/api/train_config.h"
#include "core/base/result.h"
#include "core/weights/safetensors.h"

namespace likeness {

/// What turns the gradients of one list of parameters, which share a learning rate, into updates.
/// A parameter without a gradient is left alone, decay included. Weight decay is decoupled in all of them: it
/// multiplies a weight by 1 − rate·decay. Dtype and device: fp32, the parameters'.
/// Determinism: a function of parameters, gradients and state for the same number of threads. Threads: one.
class Optimizer {
 public:
  explicit Optimizer(NamedTensors parameters) : m_parameters(std::move(parameters)) {}
  virtual ~Optimizer() = default;
  Optimizer(const Optimizer&) = delete;
  Optimizer& operator=(const Optimizer&) = delete;

  /// One update from the parameters' gradients times `gradientScale`; `step` counts from 1. Afterwards the gradients may
  /// have been scaled, too.
  void step(std::int64_t step, double learningRate, double gradientScale = 1) {
    update({step, learningRate, gradientScale});
  }

  /// What the last step multiplied parameter `index` by beside its update: 1 − rate·decay, for weights that have no
  /// gradient and are kept elsewhere (see EmbeddingRows).
  [[nodiscard]] double lastDecay(std::size_t index) const { return m_lastDecays.empty() ? 1.0 : m_lastDecays[index]; }
  /// What the learning rate is multiplied by; an optimizer that finds its own rate tells it here.
  [[nodiscard]] virtual double rateScale() const { return 1.0; }

  /// Adds the gradients to `list`.
  void collectGradients(std::vector<torch::Tensor>& list) const;
  void clearGradients();

  /// Appends the state as `prefix`<parameter>.<what>.
  virtual void saveState(NamedTensors& out, const std::string& prefix) const;
  /// Takes it back. Errors: Corrupt when something is missing or has another shape.
  [[nodiscard]] virtual Result<void> loadState(const SafetensorsFile& file, const std::string& prefix);

  [[nodiscard]] const NamedTensors& parameters() const { return m_parameters; }

 protected:
  struct Update {
    std::int64_t step;
    double learningRate, gradientScale;
  };
  virtual void update(const Update& now) = 0;

  /// What parameter `index` learns from: its gradient, scaled, in fp32 and the parameter's memory order, whatever dtype
  /// and order it came in; undefined where there is none.
  [[nodiscard]] torch::Tensor gradientOf(std::size_t index, double scale) const;

  /// Makes `tensor` a part of the state and returns it.
  torch::Tensor keep(std::string name, torch::Tensor tensor);
  /// Zeros like each parameter, kept as <parameter>.`what`.
  [[nodiscard]] std::vector<torch::Tensor> keepZeros(const std::string& what);
  void noteDecay(double factor) { m_lastDecays.assign(m_parameters.size(), factor); }

  NamedTensors m_parameters;
  std::vector<double> m_lastDecays;

 private:
  NamedTensors m_state;
};

/// The optimizer that the options ask for.
[[nodiscard]] std::unique_ptr<Optimizer> makeOptimizer(const TrainConfig& config, NamedTensors parameters);

/// Copies `name` of `file` into `target`. Errors: Corrupt when it is missing or has another shape or dtype.
[[nodiscard]] Result<void> copyFromFile(const SafetensorsFile& file, const std::string& name, torch::Tensor target);

/// The 2-norm over all the gradients, in fp32 whatever they are, as a scalar tensor; and what they are to be multiplied
/// by, so that it is at most `maxNorm`, 1 if it is (torch.nn.utils.clip_grad_norm_).
[[nodiscard]] torch::Tensor gradientNorm(const std::vector<torch::Tensor>& gradients);
[[nodiscard]] double clipFactor(double norm, double maxNorm);

}  // namespace likeness
