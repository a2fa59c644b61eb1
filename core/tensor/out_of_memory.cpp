#include "core/tensor/out_of_memory.h"

#include <new>

#include "core/base/result.h"
#include "core/tensor/torch.h"

namespace likeness {

bool saysOutOfMemory(const std::string& text) {
  for (const char* sign : {"not enough memory", "can't allocate memory", "out of memory", "DefaultCPUAllocator"}) {
    if (text.find(sign) != std::string::npos) return true;
  }
  return false;
}

bool isOutOfMemory() {
  try {
    throw;
  } catch (const ErrorException& failure) {
    return failure.error().code == ErrorCode::OutOfMemory;
  } catch (const c10::OutOfMemoryError&) {
    return true;
  } catch (const c10::Error& failure) {
    return saysOutOfMemory(failure.what_without_backtrace());
  } catch (const std::bad_alloc&) {
    return true;
  } catch (const std::exception& failure) {
    return saysOutOfMemory(failure.what());
  } catch (...) {
    return false;
  }
}

}  // namespace likeness
