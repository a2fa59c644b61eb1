#pragma once
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "core/base/job_control.h"
#include "core/base/result.h"
#include "core/weights/tensor_source.h"

namespace likeness {

struct WriteOptions {
  std::optional<torch::ScalarType> dtype = {};  ///< what floating-point tensors become; without one they stay
  JobControl* control = nullptr;                ///< asked before each tensor
  std::function<void(std::uint64_t bytes)> onWritten = {};  ///< hears how many bytes of the target were written or read
};

/// "fp32", "fp16", "bf16"; Torch's own word for others.
[[nodiscard]] const char* dtypeWord(torch::ScalarType dtype);

/// The dtype that a tensor is written in.
[[nodiscard]] torch::ScalarType writtenDtype(const TensorInfo& info, const WriteOptions& options);

/// Bytes of all tensors as they are written.
[[nodiscard]] std::uint64_t writtenBytes(const TensorSource& source, const WriteOptions& options);

/// Writes all tensors of a source as a safetensors file (see writeSafetensors), holding one at a time.
/// Errors: those of writeSafetensors; as an ErrorException NotFinite for a tensor that holds NaN or infinity, or whose
/// values the dtype can't hold, and Cancelled.
[[nodiscard]] Result<void> writeSource(const std::filesystem::path& path, const TensorSource& source,
                                       const Metadata& metadata, const WriteOptions& options = {});

/// Reads a written file again and compares every bit with what was to be written.
/// Errors: Corrupt, saying how many tensors differ and naming one; those of opening the file; Cancelled as above.
[[nodiscard]] Result<void> verifyWritten(const std::filesystem::path& path, const TensorSource& source,
                                         const WriteOptions& options = {});

}  // namespace likeness
