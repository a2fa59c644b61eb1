#pragma once
#include "core/train/adamw.h"
#include "core/train/dynamic_map.h"

namespace likeness {

inline constexpr std::int64_t kQuantisedBlock = 256;      ///< neighbours that share a scale
inline constexpr std::int64_t kFewestQuantised = 4096;    ///< smaller parameters keep fp32 moments

/// AdamW whose moments take one byte each: blocks of 256 numbers that lie side by side in the parameter's memory are
/// divided by their largest and rounded to the nearest value of a DynamicMap. A step is computed in fp32 from the
/// moments before they are rounded. A first moment that is negative never becomes 0.
/// Block by block, so equal for any thread count. On another device than the CPU the step is computed on the CPU.
/// Source: Dettmers et al. 2022 (arXiv:2110.02861); order of operations, block size and bounds as bitsandbytes 0.45's
/// (decay after the update). Differs from bitsandbytes: because parameters of fewer than 4096 numbers don't matter,
/// they take the fp32 AdamW, which decays first.
class AdamW8bit : public Optimizer {
 public:
  AdamW8bit(NamedTensors parameters, const AdamWOptions& options);
  void saveState(NamedTensors& out, const std::string& prefix) const override;
  [[nodiscard]] Result<void> loadState(const SafetensorsFile& file, const std::string& prefix) override;

 private:
  void update(const Update& now) override;
  struct Large {
    std::size_t which;  // of the parameters
    torch::Tensor codes1, codes2;    // [n] uint8
    torch::Tensor largest1, largest2;  // [blocks] fp32
  };
  void stepLarge(const Large& large, const Update& now);

  AdamWOptions m_options;
  AdamW m_small;
  std::vector<Large> m_large;
  DynamicMap m_signed{true}, m_unsigned{false};
};

}  // namespace likeness
