#include "core/engine/failure.h"

#include <algorithm>
#include <filesystem>
#include <new>
#include <system_error>

#include "core/base/text.h"
#include "core/tensor/out_of_memory.h"
#include "core/tensor/torch.h"

namespace likeness {
namespace {

Error outOfMemory(const std::string& advice, const std::string& detail) {
  return {ErrorCode::OutOfMemory,
          "There was not enough memory. " + (advice.empty() ? "Close other programs and try again." : advice), detail};
}

// The first line of a message, without a trailing full stop.
std::string firstLine(std::string text) {
  text = text.substr(0, std::min(text.find('\n'), std::size_t{300}));
  while (!text.empty() && (text.back() == '.' || text.back() == ' ')) text.pop_back();
  return isValidUtf8(text) ? text : "unreadable text";
}

Error mistake(const std::string& what, const std::string& detail) {
  return {
      ErrorCode::Internal,
      "Likeness made a mistake: " + firstLine(what) + ". Please report it with the log; your files are as they were.",
      detail};
}

}  // namespace

Error currentFailure(const std::string& memoryAdvice) {
  try {
    throw;
  } catch (const ErrorException& failure) {
    auto error = failure.error();
    if (error.code == ErrorCode::OutOfMemory && !memoryAdvice.empty()) error.message += " " + memoryAdvice;
    return error;
  } catch (const c10::OutOfMemoryError& failure) {
    return outOfMemory(memoryAdvice, failure.what());
  } catch (const c10::Error& failure) {
    const std::string forPeople = failure.what_without_backtrace();
    return saysOutOfMemory(forPeople) ? outOfMemory(memoryAdvice, failure.what()) : mistake(forPeople, failure.what());
  } catch (const std::bad_alloc& failure) {
    return outOfMemory(memoryAdvice, failure.what());
  } catch (const std::filesystem::filesystem_error& failure) {
    return systemError(failure.code().value(), "work with", failure.path1().string());
  } catch (const std::system_error& failure) {
    return systemError(failure.code().value(), "work with", "the files");
  } catch (const std::exception& failure) {
    return saysOutOfMemory(failure.what()) ? outOfMemory(memoryAdvice, failure.what())
                                           : mistake(failure.what(), failure.what());
  } catch (...) {
    return mistake("an unknown exception", "unknown exception");
  }
}

void refuse(const std::string& sentence, const std::filesystem::path& file, ErrorCode code, const std::string& detail) {
  throw ErrorException({code, sentence, detail, file.string()});
}

}  // namespace likeness
