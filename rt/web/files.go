package web

import (
	"errors"
	"io/fs"
	"net/http"
	"net/url"
	"os"
	"path"
	"strconv"
	"strings"
	"syscall"

	"flowc/rt/flow"
)

// Files gives web clients the files of a folder: below `get` there is what is below
// the folder, and a folder's index.html where the folder itself is asked for. Nothing
// outside of it can be reached, not through a symbolic link either, and no file or
// folder whose name begins with a dot. There are no listings.
//
//	route pages {
//	  get   = "/"
//	  files = "/srv/garden"
//	}
//
//	led lamp {
//	  pin = 18
//	  on  = off
//	}
//
//	route state {
//	  get   = "/api/state"
//	  reply = { lamp = lamp.on }
//	}
//
// Where a path belongs to another route, that one answers. A client that has a file
// already is told whether it is still the same (ETag, If-Modified-Since), and parts can
// be asked for (Range).
//
//flow:kind route
//flow:by files
type Files struct {
	// Via is the server, where there is more than one.
	Via *Server `implicit:"true"`
	// Get is the path that the folder has for clients.
	Get flow.Path `optional:"true" below:"true"`
	// Files is the folder. One that does not begin with `/` counts from the folder that
	// the program runs in.
	Files string
	// Auth is the token that clients show, as `Authorization: Bearer …` or as the
	// password of a basic login; without it, the server's.
	Auth flow.Secret `optional:"true" login:"true"`

	folder flow.Outside[*folder]
}

// Start looks whether the folder is there, and takes its place with the server.
func (t *Files) Start(*flow.Host) error {
	p, err := parsePattern(string(t.Get))
	if err != nil {
		return errors.New("get: " + err.Error())
	}
	p.everythingBelow()
	root, err := os.OpenRoot(t.Files)
	if err != nil {
		return unreadable("files", err)
	}
	root.Close()
	t.folder.It = &folder{name: t.Files, skip: len(p.parts)}
	t.Via.open(&place{method: http.MethodGet, path: p, auth: t.Auth, serve: t.folder.It.serve})
	return nil
}

// React has nothing to answer: the flow does not hear of files.
func (t *Files) React(*flow.Host, flow.Wake) {}

// Stop has nothing to let go.
func (t *Files) Stop(*flow.Host) {}

// folder is opened anew for each request, so that one put in its place is served.
type folder struct {
	name string
	// skip is how many parts of a path lead to it.
	skip int
}

// serve gives a client the file that it asks for.
func (f *folder) serve(w http.ResponseWriter, q *http.Request, _ []string) {
	parts, _ := split(q.URL.EscapedPath())
	below := parts[min(f.skip, len(parts)):]
	name, ok := inFolder(below)
	if !ok {
		refuse(w, http.StatusNotFound, "there is nothing here")
		return
	}
	file, info, err := f.open(name)
	switch {
	case errors.Is(err, fs.ErrPermission):
		refuse(w, http.StatusForbidden, "the program may not read this")
		return
	case err != nil:
		refuse(w, http.StatusNotFound, "there is nothing here")
		return
	}
	defer file.Close()
	switch {
	case info.IsDir():
		// The links of a page are read from the slash on.
		to := folderPath(parts)
		if q.URL.RawQuery != "" {
			to += "?" + q.URL.RawQuery
		}
		http.Redirect(w, q, to, http.StatusMovedPermanently)
	case !info.Mode().IsRegular():
		refuse(w, http.StatusNotFound, "there is nothing here")
	default:
		h := w.Header()
		h.Set("Content-Type", fileType(name))
		h.Set("Cache-Control", "no-cache")
		h.Set("ETag", `"`+strconv.FormatInt(info.Size(), 36)+"-"+strconv.FormatInt(info.ModTime().UnixNano(), 36)+`"`)
		http.ServeContent(w, q, "", info.ModTime(), file)
	}
}

// open opens a file below the folder, and nothing else: not even a symbolic link leads
// out of it. A pipe is opened without waiting for its other end.
func (f *folder) open(name string) (*os.File, fs.FileInfo, error) {
	root, err := os.OpenRoot(f.name)
	if err != nil {
		return nil, nil, err
	}
	defer root.Close()
	file, err := root.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, nil, err
	}
	info, err := file.Stat()
	if err != nil {
		file.Close()
		return nil, nil, err
	}
	return file, info, nil
}

// inFolder is the name of a file by the parts of its path, if it may be asked for.
func inFolder(parts []string) (name string, ok bool) {
	if len(parts) == 0 {
		return ".", true // the folder itself, without its slash
	}
	for i, p := range parts {
		switch {
		case p == "" && i == len(parts)-1:
			p = "index.html"
			parts[i] = p
		case p == "", p[0] == '.', strings.ContainsAny(p, "/\\"):
			return "", false
		}
	}
	return strings.Join(parts, "/"), true
}

// folderPath is the path of a folder with the slash that belongs behind it.
func folderPath(parts []string) string {
	var b strings.Builder
	for _, p := range parts {
		b.WriteString("/" + url.PathEscape(p))
	}
	return b.String() + "/"
}

// fileType is what a file is called. Go would ask the machine's tables, which differ.
func fileType(name string) string {
	switch strings.ToLower(path.Ext(name)) {
	case ".html", ".htm":
		return "text/html; charset=utf-8"
	case ".css":
		return "text/css; charset=utf-8"
	case ".js", ".mjs":
		return "text/javascript; charset=utf-8"
	case ".txt", ".log", ".md":
		return contentType(flow.FormatText)
	case ".csv":
		return "text/csv; charset=utf-8"
	case ".xml":
		return "text/xml; charset=utf-8"
	case ".json", ".map", ".webmanifest":
		return contentType(flow.FormatJSON)
	case ".svg":
		return "image/svg+xml"
	case ".png", ".gif", ".webp", ".avif":
		return "image/" + strings.ToLower(path.Ext(name))[1:]
	case ".jpg", ".jpeg":
		return "image/jpeg"
	case ".ico":
		return "image/x-icon"
	case ".woff", ".woff2", ".ttf", ".otf":
		return "font/" + strings.ToLower(path.Ext(name))[1:]
	case ".pdf":
		return "application/pdf"
	case ".wasm":
		return "application/wasm"
	case ".mp3":
		return "audio/mpeg"
	case ".ogg", ".oga":
		return "audio/ogg"
	case ".wav":
		return "audio/wav"
	case ".mp4", ".webm":
		return "video/" + strings.ToLower(path.Ext(name))[1:]
	}
	return contentType(flow.FormatBytes)
}
