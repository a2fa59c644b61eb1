#include "core/base/error.h"

#include <cerrno>
#include <cstring>

namespace likeness {

const char* errorCodeName(ErrorCode code) {
  switch (code) {
    case ErrorCode::InvalidArgument: return "invalid_argument";
    case ErrorCode::NotFound: return "not_found";
    case ErrorCode::PermissionDenied: return "permission_denied";
    case ErrorCode::Corrupt: return "corrupt";
    case ErrorCode::Unsupported: return "unsupported";
    case ErrorCode::NewerVersion: return "newer_version";
    case ErrorCode::DiskFull: return "disk_full";
    case ErrorCode::OutOfMemory: return "out_of_memory";
    case ErrorCode::NotFinite: return "not_finite";
    case ErrorCode::Cancelled: return "cancelled";
    case ErrorCode::Internal: return "internal";
  }
  return "internal";
}

Error systemError(int errnoValue, const std::string& action, const std::string& path) {
  const std::string start = "Could not " + action + " " + path + ": ";
  const auto make = [&](ErrorCode code, const std::string& rest) {
    return Error{code, start + rest, std::strerror(errnoValue), path};
  };
  switch (errnoValue) {
    case ENOENT: return make(ErrorCode::NotFound, "it does not exist. Check the path.");
    case EACCES:
    case EPERM: return make(ErrorCode::PermissionDenied, "the system does not allow it. Check the rights of the folder.");
    case EROFS: return make(ErrorCode::PermissionDenied, "the disk is read-only. Choose another folder.");
    case ENOSPC:
    case EDQUOT: return make(ErrorCode::DiskFull, "the disk is full. Free some room and try again; nothing was changed.");
    case EISDIR: return make(ErrorCode::InvalidArgument, "it is a folder. Name a file.");
    case ENOTDIR: return make(ErrorCode::InvalidArgument, "a part of the path is not a folder. Check the path.");
    case ELOOP: return make(ErrorCode::InvalidArgument, "its links lead in a circle. Name the file itself.");
    case ENAMETOOLONG: return make(ErrorCode::InvalidArgument, "the name is too long. Choose a shorter one.");
    case ENOMEM: return make(ErrorCode::OutOfMemory, "there is not enough memory. Close other programs and try again.");
    default: return make(ErrorCode::Internal, std::string(std::strerror(errnoValue)) + ".");
  }
}

}  // namespace likeness
