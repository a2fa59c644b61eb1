#include "core/tensor/precision.h"

#include <ATen/cpu/Utils.h>

namespace likeness {
namespace {

bool processorHasBf16() {
  const auto capabilities = at::cpu::get_cpu_capabilities();
  for (const char* name : {"avx512_bf16", "amx_bf16", "bf16"}) {  // "bf16": ARM's name
    const auto found = capabilities.find(name);
    if (found != capabilities.end() && found->second.isBool() && found->second.toBool()) return true;
  }
  return false;
}

}  // namespace

Precision resolvedPrecision(Precision precision) {
  if (precision != Precision::Auto) return precision;
  static const bool processor = processorHasBf16();
  return processor ? Precision::Bf16 : Precision::Fp32;
}

}  // namespace likeness
