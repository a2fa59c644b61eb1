#pragma once
#include <optional>

#include "core/tensor/torch.h"

namespace likeness {

/// While it lives, this thread computes on `device` under autocast to `dtype`; without a dtype, without autocast.
/// Weights' casts are kept from one use to the next until the outermost guard ends, so it must end between a change of
/// weights or of grad mode and the next pass. Threads: one.
class AutocastGuard {
 public:
  AutocastGuard(torch::DeviceType device, std::optional<torch::ScalarType> dtype)
      : m_device(device),
        m_wasEnabled(at::autocast::is_autocast_enabled(device)),
        m_previous(at::autocast::get_autocast_dtype(device)) {
    at::autocast::increment_nesting();
    at::autocast::set_autocast_enabled(device, dtype.has_value());
    if (dtype) at::autocast::set_autocast_dtype(device, *dtype);
  }
  ~AutocastGuard() {
    at::autocast::set_autocast_enabled(m_device, m_wasEnabled);
    at::autocast::set_autocast_dtype(m_device, m_previous);
    if (at::autocast::decrement_nesting() == 0) at::autocast::clear_cache();
  }
  AutocastGuard(const AutocastGuard&) = delete;
  AutocastGuard& operator=(const AutocastGuard&) = delete;

 private:
  torch::DeviceType m_device;
  bool m_wasEnabled;
  at::ScalarType m_previous;
};

}  // namespace likeness
