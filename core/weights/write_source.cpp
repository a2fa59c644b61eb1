#include "core/weights/write_source.h"

#include "core/base/text.h"
#include <cstring>

#include "core/tensor/check.h"
#include "core/tensor/memory.h"
#include "core/weights/safetensors.h"
#include "core/weights/safetensors_header.h"

namespace likeness {
namespace {

[[noreturn]] void throwNotFinite(const TensorSource& source, const std::string& name, const std::string& what) {
  throw ErrorException(
      {ErrorCode::NotFinite, source.path().string() + ": " + quotedName(name) + " " + what, {}, source.path().string()});
}

torch::Tensor converted(const TensorSource& source, const std::string& name, torch::ScalarType dtype) {
  const auto stored = source.tensor(name);
  if (!allFinite(stored)) {
    throwNotFinite(source, name,
                   "holds values that are not numbers (NaN or infinity), so the model makes nothing. Get another copy, "
                   "or train from an earlier one.");
  }
  auto values = stored.to(dtype);
  if (!values.is_same(stored)) releaseMirroredPages(stored);
  if (values.scalar_type() != stored.scalar_type() && !allFinite(values)) {
    throwNotFinite(source, name,
                   std::string("holds values too large for ") + dtypeWord(dtype) +
                       ". Choose bf16 or fp32 for the new file.");
  }
  return values;
}

std::uint64_t bytesOf(const TensorInfo& info, torch::ScalarType dtype) {
  std::uint64_t bytes = torch::elementSize(dtype);
  for (const auto size : info.shape) bytes *= static_cast<std::uint64_t>(size);
  return bytes;
}

void proceed(const WriteOptions& options) {
  if (options.control != nullptr) options.control->proceedOrThrow();
}

void report(const WriteOptions& options, std::uint64_t bytes) {
  if (options.onWritten) options.onWritten(bytes);
}

bool sameBits(const torch::Tensor& a, const torch::Tensor& b) {
  if (a.scalar_type() != b.scalar_type() || !a.sizes().equals(b.sizes())) return false;
  if (a.numel() == 0) return true;
  const auto left = a.contiguous(), right = b.contiguous();
  return std::memcmp(left.const_data_ptr(), right.const_data_ptr(), left.nbytes()) == 0;
}

// Leaves nothing of either file in memory.
bool sameInBoth(const TensorSource& written, const TensorSource& source, const std::string& name,
                torch::ScalarType dtype) {
  if (!written.has(name)) return false;
  const auto again = written.tensor(name), stored = source.tensor(name);
  const bool same = sameBits(again, stored.to(dtype));
  releaseMirroredPages(again);
  releaseMirroredPages(stored);
  return same;
}

}  // namespace

const char* dtypeWord(torch::ScalarType dtype) {
  return dtype == torch::kHalf       ? "fp16"
         : dtype == torch::kBFloat16 ? "bf16"
         : dtype == torch::kFloat32  ? "fp32"
                                     : torch::toString(dtype);
}

torch::ScalarType writtenDtype(const TensorInfo& info, const WriteOptions& options) {
  return options.dtype && c10::isFloatingType(info.dtype) ? *options.dtype : info.dtype;
}

std::uint64_t writtenBytes(const TensorSource& source, const WriteOptions& options) {
  std::uint64_t bytes = 0;
  for (const auto& [name, info] : source.tensors()) bytes += bytesOf(info, writtenDtype(info, options));
  return bytes;
}

Result<void> writeSource(const std::filesystem::path& path, const TensorSource& source, const Metadata& metadata,
                         const WriteOptions& options) {
  std::vector<TensorToWrite> tensors;
  for (const auto& [name, info] : source.tensors()) {
    const auto dtype = writtenDtype(info, options);
    tensors.push_back({name, dtype, info.shape, [&source, &options, &name = name, &info = info, dtype] {
                         proceed(options);
                         report(options, bytesOf(info, dtype));
                         return converted(source, name, dtype);
                       }});
  }
  return writeSafetensors(path, tensors, metadata);
}

Result<void> verifyWritten(const std::filesystem::path& path, const TensorSource& source, const WriteOptions& options) {
  LK_TRY(const auto written, SafetensorsFile::open(path));
  std::int64_t different = 0;
  std::string first;
  for (const auto& [name, info] : source.tensors()) {
    proceed(options);
    const auto dtype = writtenDtype(info, options);
    report(options, bytesOf(info, dtype));
    if (!sameInBoth(written, source, name, dtype) && different++ == 0) first = name;
  }
  if (different == 0 && written.tensors().size() == source.tensors().size()) return {};
  return Error{ErrorCode::Corrupt,
               path.string() + " was written and read again, and " + std::to_string(different) +
                   " of its tensors differ, " + quotedName(first) +
                   " for one. Disk or memory may be failing; write it again elsewhere.",
               {},
               path.string()};
}

}  // namespace likeness
