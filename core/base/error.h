#pragma once
#include <stdexcept>
#include <string>

namespace likeness {

/// What kind of thing went wrong; exit codes and the window's choices hang on it, sentences do not.
enum class ErrorCode {
  InvalidArgument,   ///< the caller or the user gave a value that can't be used
  NotFound,          ///< a file, folder, run or checkpoint is not there
  PermissionDenied,  ///< the system refused to read or write
  Corrupt,           ///< a file is damaged, truncated or not what its name says
  Unsupported,       ///< well-formed, but of a kind that this version can't use
  NewerVersion,      ///< written by a newer version of the program
  DiskFull,          ///< no room to write
  OutOfMemory,       ///< an allocation failed
  NotFinite,         ///< a loss or a weight became NaN or infinite
  Cancelled,         ///< stopped because somebody asked for it
  Internal,          ///< a mistake of ours
};

/// What happened, told to a person. `message` is one or two plain sentences: what happened, to which file, and what
/// to do next. `detail` is for the log only. `path` names the file, empty if there is none.
struct Error {
  ErrorCode code = ErrorCode::Internal;
  std::string message;
  std::string detail = {};
  std::string path = {};
};

/// Carries an Error through code that can't return one (inside Torch code); the job runner turns it back.
class ErrorException : public std::runtime_error {
 public:
  explicit ErrorException(Error error) : std::runtime_error(error.message), m_error(std::move(error)) {}
  [[nodiscard]] const Error& error() const { return m_error; }

 private:
  Error m_error;
};

/// The code's name in lower_snake_case, as it stands in JSON events.
[[nodiscard]] const char* errorCodeName(ErrorCode code);

/// An Error from errno after a failed system call on `path`; `action` is a verb phrase such as "write the file".
[[nodiscard]] Error systemError(int errnoValue, const std::string& action, const std::string& path);

}  // namespace likeness
