#pragma once
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "core/tensor/torch.h"

namespace likeness {

/// A frozen part of an opened model whose weights can leave memory while nobody needs them, and come back bit for bit
/// from the model's file: dtypes and layouts, too. Whoever shares the module sees both. Threads: the model's.
class OffloadedPart {
 public:
  /// `model`: what was opened; `part`: "vae", "text_encoder" or "text_encoder_2"; `module`: that part, on the CPU, with
  /// the weights of the file, whatever their dtype.
  OffloadedPart(std::filesystem::path model, std::string part, std::shared_ptr<torch::nn::Module> module)
      : m_model(std::move(model)), m_part(std::move(part)), m_module(std::move(module)) {}

  /// The weights leave: only names and sizes stay. Nothing happens if they are away.
  void leave();

  /// They come back. Nothing happens if they are there. Throws ErrorException if the file can't be read any more, or is
  /// another one by now.
  void comeBack();

  [[nodiscard]] bool isAway() const { return !m_kept.empty(); }

 private:
  struct Kept {
    torch::ScalarType dtype;
    bool channelsLast;
  };
  std::filesystem::path m_model;
  std::string m_part;
  std::shared_ptr<torch::nn::Module> m_module;
  std::vector<Kept> m_kept;  // of each parameter, while they are away
};

}  // namespace likeness
