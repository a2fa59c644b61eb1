#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/train/adamw.h"

namespace likeness {

/// AdamW for a token embedding of which a run only ever reads a few rows, with the numbers of the dense update.
/// A row that no prompt uses has a zero gradient for ever, so its moments stay zero and its update is weight decay
/// alone: w ← w·(1 − lr·decay). Gradient and moments are kept for the used rows only, and the decay of the others is
/// put off until somebody looks (catchUp()), where it is applied factor by factor, so the result does not depend on
/// when. For SD 1.5 this saves 455 MB (a
/// gradient and two moments of 49,408 × 768) and passing over them at each step.
/// The embedding must give sparse gradients (EmbeddingImpl::sparseGradient). Threads: one.
class EmbeddingRows {
 public:
  EmbeddingRows() = default;
  /// `ids`: all token ids that training will read. Shapes: weight [V,D], ids any.
  EmbeddingRows(std::string name, torch::Tensor weight, const torch::Tensor& ids, const AdamWOptions& options);

  [[nodiscard]] bool defined() const { return m_weight.defined(); }

  /// Takes the weight's sparse gradient of one backward pass and adds it to gradient().
  void takeGradient();
  /// [R,D] over the used rows.
  [[nodiscard]] const torch::Tensor& gradient() const { return m_gradient; }
  void clearGradient();

  void step(std::int64_t step, double learningRate);
  /// Brings the rows that are not used up to date. Call before anything but training reads the weight.
  void catchUp();

  void saveState(NamedTensors& out, const std::string& prefix) const;
  [[nodiscard]] Result<void> loadState(const SafetensorsFile& file, const std::string& prefix);

 private:
  std::string m_name;
  torch::Tensor m_weight, m_rows;  // [V,D]; [R] int64, rising
  torch::Tensor m_place;           // [V] int64: a used row's place in m_rows, else −1
  torch::Tensor m_gradient, m_expAvg, m_expAvgSq;
  AdamWOptions m_options;
  std::vector<float> m_pendingDecay;
};

}  // namespace likeness
