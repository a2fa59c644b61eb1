#include "core/engine/failure.h"

#include <algorithm>
#include <filesystem>
#include <new>
#include <system_error>

#include "core/base/text.h"
#include "core/tensor/torch.h"

namespace likeness {
namespace {

Error outOfMemory(const std::string& advice, const std::string& detail) {
  return {ErrorCode::OutOfMemory,
          "There was not enough memory. " + (advice.empty() ? "Close other programs and try again." : advice), detail};
}

bool saysOutOfMemory(const std::string& text) {
  for (const char* sign : {"not enough memory", "can't allocate memory", "out of memory", "DefaultCPUAllocator"}) {
    if (text.find(sign) != std::string::npos) return true;
  }
  return false;
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

std::string memoryAdvice(const TrainConfig& config) {
  std::string tries;
  const auto add = [&](const std::string& setting) { tries += (tries.empty() ? "" : ", or ") + setting; };
  if (config.batchSize > 1) {
    add("batch_size 1 with gradient_accumulation " + std::to_string(config.batchSize * config.gradientAccumulation) +
        " (the same result in less memory)");
  }
  if (!config.gradientCheckpointing) add("gradient_checkpointing true (the same result, slower)");
  if (config.precision == Precision::Fp32) add("precision bf16");
  if (config.method == TrainMethod::Lora && config.frozenDtype == WeightDtype::Fp32) add("frozen_dtype bf16");
  if (config.optimizer == OptimizerKind::AdamW) add("optimizer adamw8bit");
  if (config.textEncoderLearningRate > 0) add("text_encoder_learning_rate 0 (leaves the text part as it is)");
  if (config.resolution == 0) {
    add("a smaller resolution");
  } else {
    add("resolution " + std::to_string(std::max<std::int64_t>(64, config.resolution / 2 / 64 * 64)));
  }
  return "Try " + tries + ".";
}

}  // namespace likeness
