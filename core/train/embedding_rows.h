#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "core/base/result.h"
#include "core/train/optimizer.h"

namespace likeness {

/// The rows of a token embedding that a run reads, as one small parameter for an optimizer.
/// A row that no prompt uses has a zero gradient for ever, so its moments stay zero and its update is weight decay
/// alone: w ← w·(1 − rate·decay). So gradient and moments are kept for the used rows only, and the decay of the others
/// is put off until somebody looks (catchUp()), where it is applied factor by factor, so the result does not depend on
/// when. For SD 1.5 this saves 455 MB (a gradient and two moments of 49,408 × 768) and passing over them at each step.
/// The numbers are those of the dense update with every optimizer that works element by element (AdamW, SGD, Lion,
/// Prodigy), and with 8-bit AdamW where rows are whole blocks, as CLIP's are.
/// Differs from Adafactor on the whole matrix: because what it bounds and scales are means over a matrix, they are
/// means over the rows that are used, not over 49,408 of which nearly all have no gradient.
/// The embedding must give sparse gradients (EmbeddingImpl::sparseGradient). Threads: one.
class EmbeddingRows {
 public:
  EmbeddingRows() = default;
  /// `ids`: all token ids that training will read. Shapes: weight [V,D], ids any.
  EmbeddingRows(std::string name, torch::Tensor weight, const torch::Tensor& ids);

  [[nodiscard]] bool defined() const { return m_weight.defined(); }

  /// The used rows [R,D], under the weight's name: what an optimizer is given.
  [[nodiscard]] std::pair<std::string, torch::Tensor> parameter() const { return {m_name, m_values}; }
  /// Which rows they are: [R] int64, rising.
  [[nodiscard]] const torch::Tensor& rows() const { return m_rows; }

  /// Takes the weight's sparse gradient of one backward pass and adds it to the parameter's.
  void takeGradient();
  /// Forgets it instead, after a pass that failed.
  void dropGradient();
  /// Call after the optimizer changed the parameter; `decay` is its Optimizer::lastDecay().
  void afterStep(double decay);
  /// Writes the parameter's rows into the weight, as afterStep() does.
  void publish();
  /// Brings the rows that are not used up to date. Call before anything but training reads the weight.
  void catchUp();

  /// Which rows they are goes with the optimizer's state, as `prefix`<name>.rows.
  void saveState(NamedTensors& out, const std::string& prefix) const;
  /// Errors: Corrupt; InvalidArgument when they were other rows.
  [[nodiscard]] Result<void> checkState(const SafetensorsFile& file, const std::string& prefix) const;

 private:
  std::string m_name;
  torch::Tensor m_weight, m_rows;  // [V,D]; [R] int64, rising
  torch::Tensor m_place;           // [V] int64: a used row's place in m_rows, else −1
  torch::Tensor m_values;          // [R,D], a leaf of its own
  std::vector<float> m_pendingDecay;
};

}  // namespace likeness
