#pragma once
#include <filesystem>
#include <string>

#include "core/base/json.h"
#include "core/weights/layouts/model_files.h"

namespace likeness::test {

/// A case of fixtures/layouts (see make_layout_fixtures.py): configs of a model, and what diffusers' scripts make of it.
[[nodiscard]] Json layoutFixture(const std::string& name);

/// The model that a case describes, filled by its rule, as diffusers has it; the cases that end in _full have names and
/// shapes only (tensors on torch::kMeta). The scheduler is the family's own for `v` or noise.
[[nodiscard]] ModelFiles filledModel(const Json& fixture, bool v = false);

/// The rule: element i of a tensor is the upper 24 bits of crc32(part/name) + seed + i·2654435761, as a fraction.
[[nodiscard]] torch::Tensor filled(const std::string& name, at::IntArrayRef shape, std::uint32_t seed = 0);

/// The first 16 hexadecimal digits of the SHA-256 of a tensor's bytes.
[[nodiscard]] std::string shortHash(const torch::Tensor& tensor);

/// Empty if both have the same tensors, bit for bit; else the name of one that differs.
[[nodiscard]] std::string firstDifference(const TensorSource& a, const TensorSource& b);

}  // namespace likeness::test
