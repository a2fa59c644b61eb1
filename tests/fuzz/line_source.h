#pragma once
#include <memory>
#include <span>

#include "core/weights/tensor_source.h"

namespace likeness {

/// A file of tensors as a text describes it, for what looks at names and shapes whatever the format: a line for each tensor,
/// "name size size …", or "@key value" for its metadata. After the sizes may stand a dtype ("F16"), and "nan" for a tensor
/// that holds one. Lines that no reader lets through (broken UTF-8, impossible sizes, a second of a name) are left out.
/// The values lie in one number each, so a tensor of any size takes none of the memory that is counted.
[[nodiscard]] std::shared_ptr<const TensorSource> lineSource(std::span<const std::byte> text);

}  // namespace likeness
